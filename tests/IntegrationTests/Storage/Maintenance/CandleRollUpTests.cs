using System.Diagnostics.CodeAnalysis;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.IntegrationTests.Storage.Candles;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Maintenance;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Storage.Maintenance;

[SuppressMessage("Security", "CA5394", Justification = "Test data; the seed is printed.")]
public sealed class CandleRollUpTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Minutes = 500; // from noon: full bars of every timeframe but the day's

    [Fact]
    public async Task Bars_equal_their_minutes_however_these_were_written_and_corrected()
    {
        var random = Seeded.Random(output);
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync(), ("RollUpTimeframes", "5m, 45m, 1h, 8h"));
        var model = new Dictionary<(int Instrument, long Time), CandleRow>();
        var order = Enumerable.Range(0, 2 * Minutes).Select(i => (Instrument: 1 + (i % 2), Minute: i / 2)).OrderBy(_ => random.Next()).ToList();
        foreach (var chunk in order.SkipLast(3).Chunk(150)) // three minutes stay away
        {
            var rows = chunk.Select(key => Row(random, key.Instrument, key.Minute, CandleSource.Exchange)).ToList();
            if (model.Count > 0) rows.Add(Row(random, model.First().Key.Instrument, MinuteOf(model.First().Key.Time), CandleSource.Audit));
            await storage.Get<CandleWriter>().WriteAsync(rows.ToArray());
            foreach (var row in rows)
            {
                var key = (row.InstrumentId, row.Candle.OpenTime);
                if (!model.TryGetValue(key, out var known) || CandlePrecedence.Outranks(row.Candle, row.Source, known.Candle, known.Source)) model[key] = row;
            }

            if (random.Next(2) == 0) await RollUpAsync(storage);
        }

        await RollUpAsync(storage);

        foreach (var timeframe in new[] { new Timeframe(5), new(45), new(60), new(480) })
        {
            for (var instrument = 1; instrument <= 2; instrument++)
            {
                var minutes = model.Values.Where(row => row.InstrumentId == instrument).Select(row => row.Candle);
                Assert.Equal(Bars(minutes, timeframe), await ReadAsync(storage, instrument, timeframe));
            }
        }
    }

    [Fact]
    public async Task A_bar_that_the_exchange_gave_stays_unless_our_minutes_are_better()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var writer = storage.Get<CandleWriter>();
        var given = new Candle(CandleRows.Noon, 1, 99, 1, 42, 1, 1);
        await writer.WriteAsync(new[] { new CandleRow(1, new Timeframe(5), given, CandleSource.Backfill) });

        await writer.WriteAsync(Enumerable.Range(0, 5).Select(minute => CandleRows.Row(1, minute)).ToArray());
        await RollUpAsync(storage);
        Assert.Equal([given], await ReadAsync(storage, 1, new Timeframe(5)));

        await writer.WriteAsync(Enumerable.Range(0, 5).Select(minute => CandleRows.Row(1, minute, 100 + minute, CandleSource.Audit)).ToArray());
        await RollUpAsync(storage);
        Assert.Equal([104d], (await ReadAsync(storage, 1, new Timeframe(5))).Select(bar => bar.Close));
    }

    [Fact]
    public async Task A_worker_that_knew_a_span_which_another_dropped_makes_its_bars_all_the_same()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var other = new TestStorage(storage.ConnectionString, ("Retention:ShortCandles", "1"));
        var writer = storage.Get<CandleWriter>();
        await writer.WriteAsync(Enumerable.Range(0, 5).Select(minute => CandleRows.Row(1, minute)).ToArray());
        await RollUpAsync(storage);
        await other.Get<Retention>().RunAsync(DateTimeOffset.FromUnixTimeMilliseconds(CandleRows.Noon).AddDays(30), CancellationToken.None);
        Assert.Empty(await ReadAsync(storage, 1, new Timeframe(5)));

        await writer.WriteAsync(Enumerable.Range(0, 5).Select(minute => CandleRows.Row(1, minute, 101, CandleSource.Audit)).ToArray());
        await RollUpAsync(storage);

        Assert.Equal([101d], (await ReadAsync(storage, 1, new Timeframe(5))).Select(bar => bar.Close));
    }

    [Fact]
    public async Task Only_complete_bars_are_made_and_a_gap_that_is_filled_completes_them()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var writer = storage.Get<CandleWriter>();
        await writer.WriteAsync(new[] { 0, 1, 3, 4 }.Select(minute => CandleRows.Row(1, minute)).ToArray());
        await RollUpAsync(storage);
        Assert.Empty(await ReadAsync(storage, 1, new Timeframe(5)));

        await writer.WriteAsync(new[] { CandleRows.Row(1, 2, source: CandleSource.Backfill) });
        await RollUpAsync(storage);
        Assert.Single(await ReadAsync(storage, 1, new Timeframe(5)));
        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT count(*) FROM candle_changes"));
    }

    private static CandleRow Row(Random random, int instrument, int minute, CandleSource source) => new(
        instrument,
        Timeframe.OneMinute,
        new Candle(CandleRows.Noon + (minute * Timeframe.MinuteMs), random.Next(1, 9), random.Next(9, 20), 1, random.Next(1, 9), random.Next(5), random.Next(50), random.Next(5), 2, 3),
        source);

    private static int MinuteOf(long time) => (int)((time - CandleRows.Noon) / Timeframe.MinuteMs);

    private static IEnumerable<Candle> Bars(IEnumerable<Candle> minutes, Timeframe timeframe) => minutes
        .OrderBy(minute => minute.OpenTime)
        .GroupBy(minute => timeframe.OpenOf(minute.OpenTime))
        .Where(bar => bar.Count() == timeframe.Minutes)
        .Select(bar => new Candle(
            bar.Key, bar.First().Open, bar.Max(m => m.High), bar.Min(m => m.Low), bar.Last().Close, bar.Sum(m => m.Volume), bar.Sum(m => m.QuoteVolume),
            bar.Sum(m => m.Trades), bar.Sum(m => m.TakerBuyVolume), bar.Sum(m => m.TakerBuyQuoteVolume)));

    private static async Task RollUpAsync(TestStorage storage)
    {
        while (await storage.Get<CandleRollUp>().RunOnceAsync(CancellationToken.None) > 0) ;
    }

    private static async Task<List<Candle>> ReadAsync(TestStorage storage, int instrument, Timeframe timeframe)
    {
        var candles = new List<Candle>();
        await storage.Get<CandleReader>().ReadAsync(instrument, timeframe, 1, long.MaxValue / 2_000, candles);
        return candles;
    }
}
