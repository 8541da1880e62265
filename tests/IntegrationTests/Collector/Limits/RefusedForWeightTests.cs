using CryptoScreener.Contracts.Candles;
using CryptoScreener.IntegrationTests.Collector.Running;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Limits;

/// <summary>
/// An exchange that grants less than we plan with, as it does while a neighbour behind the same address spends too: most of its
/// limit's minutes, shortened to two seconds, end in refusals.
/// </summary>
public sealed class RefusedForWeightTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Instruments = 20;
    private const int EnoughRefusals = 4;
    private static readonly string[] Exchange = ["--instruments", $"{Instruments}", "--speed", "20", "--weightlimit", "50", "--limitminute", "00:00:02"];

    // An audit of each instrument each second alone would use up what is granted.
    private static readonly string[] Settings = ["--Collector:AuditRoundSeconds=1", "--Collector:CloseDeadlineMs=2000", "--Collector:SilenceLimitMs=2000"];

    [Fact]
    public async Task What_the_streams_left_out_is_repaired_while_requests_are_refused_and_nobody_is_banned()
    {
        await using var exchange = await SimulatedExchange.StartAsync("binance-futures", Exchange);
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        string[] settings = [.. Settings, $"--Storage:Redis={servers.Redis.Configuration}"];
        await using var one = await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString, settings);
        await using var two = await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString, settings);
        await using var bus = await BusFollower.StartAsync(nats);
        await Eventually.TrueAsync(() => bus.Symbols.Count == Instruments, "every instrument has closed a candle");
        var from = await exchange.TimeAsync() / Timeframe.MinuteMs * Timeframe.MinuteMs;

        var refused = (await exchange.LimitsAsync()).Refused;
        await exchange.OrderAsync(new { kind = "omit_closing", count = 3 * Instruments }, new { kind = "drop" }, new { kind = "drop", after = 3 });
        await Eventually.TrueAsync(async () => (await exchange.LimitsAsync()).Refused >= refused + EnoughRefusals, "the exchange has refused a good many requests");
        var through = await exchange.TimeAsync() / Timeframe.MinuteMs * Timeframe.MinuteMs;
        await IsWholeAsync(exchange, bus, from, through);
        Assert.Equal(0, (await exchange.LimitsAsync()).Banned);
    }

    private static async Task IsWholeAsync(SimulatedExchange exchange, BusFollower bus, long from, long through)
    {
        foreach (var symbol in bus.Symbols)
        {
            await Eventually.TrueAsync(() => bus.ClosedOf(symbol) is [.., var last] && last.OpenTime >= through, $"{symbol} has arrived at {through}");
            var truth = await exchange.TruthAsync(symbol, Timeframe.OneMinute, from, through);
            await Eventually.TrueAsync(
                () => Task.FromResult(Said().SequenceEqual(truth)),
                () => $"{symbol} is said as it traded: said {string.Join(", ", Said().Except(truth))}, traded {string.Join(", ", truth.Except(Said()))}");

            IEnumerable<Candle> Said() => bus.ClosedOf(symbol).Where(c => c.OpenTime >= from && c.OpenTime <= through);
        }
    }
}
