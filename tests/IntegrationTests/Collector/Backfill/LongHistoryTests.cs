using System.Net.Http.Json;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Collector.Running;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Backfill;

public sealed class LongHistoryTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Bars = 40;
    private static readonly string[] Settings = [$"--Collector:HistoryBars={Bars}", "--Collector:HistoryBarsOf:1m=1300", "--Collector:HistoryBarsOf:8h=25"];

    [Theory]
    [InlineData("binance-futures")]
    [InlineData("binance-spot")]
    [InlineData("bybit-linear")]
    [InlineData("okx-swap")]
    public async Task Every_timeframe_is_loaded_as_it_traded_and_announced_once(string name)
    {
        await using var exchange = await SimulatedExchange.StartAsync(name, "--instruments", "3", "--speed", "0");
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var collector = await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString, Settings);
        await collector.HistoryAsync(3);

        var now = await exchange.TimeAsync();
        foreach (var instrument in await storage.Get<InstrumentStore>().ListAsync())
        {
            foreach (var timeframe in Timeframe.Default)
            {
                var through = timeframe.OpenOf(now) - timeframe.Milliseconds;
                var from = through - ((BarsOf(timeframe) - 1) * timeframe.Milliseconds);
                var stored = new List<Candle>();
                await storage.Get<CandleReader>().ReadAsync(instrument.Id, timeframe, 0, now, stored);
                var truth = await exchange.TruthAsync(instrument.Instrument.Symbol, timeframe, from, through);
                Assert.Equal(BarsOf(timeframe), truth.Count);
                Assert.Equal(truth.Select(Price), stored.Select(Price));
            }
        }

        await using var bus = await BusFollower.StartAsync(nats);
        var pairs = 3 * Timeframe.Default.Length;
        await Eventually.TrueAsync(() => Announced().Count >= pairs + 3, "all of it is announced"); // and the newest minutes before
        Assert.Equal(pairs, Announced().Select(a => (a.Symbol, a.Timeframe)).Distinct().Count());
        Assert.All(Announced().Where(a => a.Timeframe == "8h"), a => Assert.Equal((25, 24 * 8 * 3_600_000L), (a.Candles, a.Through - a.From)));

        IReadOnlyList<BackfilledEvent> Announced() => bus.Said(FeedKinds.Backfilled, ContractsJson.Default.BackfilledEvent);
    }

    [Fact]
    public async Task Broken_off_it_goes_on_where_it_was_and_what_is_there_is_not_asked_for_again()
    {
        await using var exchange = await SimulatedExchange.StartAsync("binance-futures", "--instruments", "6", "--speed", "0");
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await exchange.OrderAsync(new { kind = "slow_rest", delay_ms = 200, seconds = 60 });
        await using (var first = await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString, Settings))
            await Eventually.TrueAsync(() => first.History.Stored > 0, "it has begun");

        await exchange.EndFaultsAsync();
        var rows = await RowsAsync();
        await using (var second = await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString, Settings))
        {
            await second.HistoryAsync(6);
            Assert.Equal(await RowsAsync() - rows, second.History.Stored);
        }

        var complete = await RowsAsync();
        Assert.Equal(6 * Timeframe.Default.Sum(BarsOf), complete);
        await using var third = await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString, Settings);
        await third.HistoryAsync(6);
        Assert.Equal((0, complete), (third.History.Stored, await RowsAsync()));

        async Task<long> RowsAsync() => await storage.ScalarAsync<long>("SELECT count(*) FROM candles");
    }

    [Fact]
    public async Task Its_progress_is_served_beside_the_metrics()
    {
        await using var exchange = await SimulatedExchange.StartAsync("bybit-linear", "--instruments", "2", "--speed", "0");
        await using var nats = await LocalNats.StartAsync();
        await using var collector = await RunningCollector.StartAsync(exchange, nats.Url, await servers.CreateDatabaseAsync(), Settings);
        await collector.HistoryAsync(2);
        using var http = new HttpClient();
        var status = Assert.Single((await http.GetFromJsonAsync<JsonElement>(new Uri(collector.Operations, "/backfill"))).EnumerateArray());
        var bars = 2 * Timeframe.Default.Sum(BarsOf);
        Assert.Equal(("bybit-linear", 2, 2, bars, bars, true), (
            status.GetProperty("exchange").GetString(), status.GetProperty("instruments").GetInt32(), status.GetProperty("instruments_done").GetInt32(),
            status.GetProperty("bars").GetInt32(), status.GetProperty("bars_done").GetInt32(), status.GetProperty("complete").GetBoolean()));
        Assert.False(status.TryGetProperty("seconds_left", out _));
        var metrics = await http.GetStringAsync(new Uri(collector.Operations, "/metrics"));
        Assert.Contains("data_collector_backfill_candles_total{", metrics, StringComparison.Ordinal);
        Assert.Matches("""data_collector_backfill_bars_left\{[^}]*exchange="bybit-linear"[^}]*\} 0""", metrics);
    }

    private static int BarsOf(Timeframe timeframe) => timeframe.ToString() switch { "1m" => 1_300, "8h" => 25, _ => Bars };

    private static (long, double, double, double, double, double) Price(Candle c) => (c.OpenTime, c.Open, c.High, c.Low, c.Close, Math.Round(c.Volume, 6));
}
