using System.Diagnostics.Metrics;
using System.Globalization;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.IntegrationTests.Collector.Running;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Backfill;

public sealed class BarAuditTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Bars = 40;

    [Theory]
    [InlineData("binance-futures")]
    [InlineData("okx-swap")] // which has no bars of 8h, no trades and no taker volumes
    public async Task Bars_of_every_timeframe_that_are_missing_or_wrong_become_the_exchanges(string name)
    {
        await using var exchange = await SimulatedExchange.StartAsync(name, "--instruments", "2", "--speed", "0");
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var collector = await RunningCollector.StartAsync(
            exchange, nats.Url, storage.ConnectionString, $"--Collector:HistoryBars={Bars}", "--Collector:AuditRoundSeconds=1");
        await collector.HistoryAsync(2);
        using var corrected = new MeteredSum(collector.Get<IMeterFactory>(), "data_collector_audit_corrections");
        foreach (var timeframe in Above) await DamageAsync(storage, timeframe);

        // The exchange itself thinks better of a minute long past: all bars above it change.
        var instruments = await storage.Get<InstrumentStore>().ListAsync();
        await exchange.OrderAsync(new { kind = "correct", exchange = name, symbol = instruments[0].Instrument.Symbol, minutes_ago = 30 });
        var now = await exchange.TimeAsync();
        foreach (var instrument in instruments)
            foreach (var timeframe in Above) await BecomesTruthAsync(instrument, timeframe);
        Assert.InRange(corrected.Value, 2 * instruments.Count, long.MaxValue); // one that was missing and one that was wrong, of each

        async Task BecomesTruthAsync(InstrumentRow instrument, Timeframe timeframe)
        {
            var through = timeframe.OpenOf(now) - (2 * timeframe.Milliseconds); // the newest may be too fresh for an audit
            var from = through - ((Bars - 3) * timeframe.Milliseconds);
            var truth = (await exchange.TruthAsync(instrument.Instrument.Symbol, timeframe, from, through)).Select(Numbers).ToList();
            var stored = new List<Candle>();
            await Eventually.TrueAsync(
                async () =>
                {
                    stored.Clear();
                    await storage.Get<CandleReader>().ReadAsync(instrument.Id, timeframe, from, through, stored);
                    return stored.Select(Numbers).SequenceEqual(truth);
                },
                () => $"{timeframe} of {instrument.Instrument} is as it traded: {string.Join("; ", truth.Except(stored.Select(Numbers)).Take(3))}");
        }
    }

    private static IEnumerable<Timeframe> Above => Timeframe.Default.Where(t => t > Timeframe.OneMinute);

    /// <summary>In the middle one bar goes and one gets another close, of each instrument.</summary>
    private static async Task DamageAsync(TestStorage storage, Timeframe timeframe)
    {
        var middle = string.Create(CultureInfo.InvariantCulture, $"SELECT instrument_id, timeframe, open_time, row_number() OVER (PARTITION BY instrument_id ORDER BY open_time) AS place FROM candles WHERE timeframe = {timeframe.Minutes}");
        foreach (var table in new[] { "candles_short", "candles_long" })
        {
            await storage.ExecuteAsync($"DELETE FROM {table} AS t USING ({middle}) AS m WHERE (t.instrument_id, t.timeframe, t.open_time) = (m.instrument_id, m.timeframe, m.open_time) AND place = {Bars / 2}");
            await storage.ExecuteAsync($"UPDATE {table} AS t SET close = open, source = 1 FROM ({middle}) AS m WHERE (t.instrument_id, t.timeframe, t.open_time) = (m.instrument_id, m.timeframe, m.open_time) AND place = {(Bars / 2) + 5}");
        }
    }

    private static (long, double, double, double, double, double) Numbers(Candle c) => (c.OpenTime, c.Open, c.High, c.Low, c.Close, Math.Round(c.Volume, 6));
}
