using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Candles;

public sealed class CandleReaderTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly long Noon = CandleRows.Noon;

    [Fact]
    public async Task A_range_includes_both_ends_and_comes_back_as_it_was_written()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var whole = new Candle(Noon, 0.1, 1e8, 1e-8, 2d / 3, 4, 5, 6, 7, 8);
        var sparse = new Candle(Noon + 60_000, 1, 2, 1, 2, 0, 0);
        await WriteAsync(storage, CandleRows.Row(1, -1), Row(whole), Row(sparse), CandleRows.Row(1, 2), CandleRows.Row(2, 0));

        var candles = new List<Candle>();
        Assert.Equal(2, await storage.Get<CandleReader>().ReadAsync(1, Timeframe.OneMinute, Noon, Noon + 60_000, candles));

        Assert.Equal([whole, sparse], candles);
    }

    [Fact]
    public async Task The_newest_candles_come_oldest_first()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await WriteAsync(storage, [.. Enumerable.Range(0, 10).Select(minute => CandleRows.Row(1, minute))]);
        var candles = new List<Candle>();
        await storage.Get<CandleReader>().ReadLastAsync(1, Timeframe.OneMinute, Noon + (7 * 60_000), 3, candles);
        Assert.Equal([5L, 6, 7], candles.Select(candle => (candle.OpenTime - Noon) / 60_000));
    }

    [Fact]
    public async Task A_bulk_read_goes_by_instrument_and_then_by_time()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await WriteAsync(storage, [.. Enumerable.Range(0, 30).Select(i => CandleRows.Row(3 - (i % 3), 3_000 - (i * 100)))]); // over several partitions
        var seen = new List<(int Instrument, long Time)>();
        await storage.Get<CandleReader>().ReadManyAsync(
            [1, 3], Timeframe.OneMinute, Noon + (1_000 * 60_000), (int instrument, in Candle candle, CandleSource _) => seen.Add((instrument, candle.OpenTime)));
        Assert.Equal(14, seen.Count);
        Assert.Equal(seen.Order(), seen);
        Assert.Equal([1, 3], seen.Select(row => row.Instrument).Distinct());
    }

    [Fact]
    public async Task A_bulk_read_tells_every_number_what_is_unknown_and_where_it_came_from()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var known = CandleRows.Row(1, 0) with { Source = CandleSource.Audit };
        var unknown = new CandleRow(1, Timeframe.OneMinute, new Candle(Noon + 60_000, 1.5, 3e8, 1e-8, 2.25, 0.1, 0.3), CandleSource.Backfill);
        await WriteAsync(storage, known, unknown);
        var seen = new List<CandleRow>();
        await storage.Get<CandleReader>().ReadManyAsync(
            [1], Timeframe.OneMinute, Noon, (int instrument, in Candle candle, CandleSource source) => seen.Add(new CandleRow(instrument, Timeframe.OneMinute, candle, source)));
        Assert.Equal([known, unknown], seen);
        await storage.Get<CandleReader>().ReadManyAsync([], Timeframe.OneMinute, Noon, (int _, in Candle _, CandleSource _) => Assert.Fail("nothing was asked for"));
    }

    [Fact]
    public async Task Coverage_and_missing_bars_tell_what_a_backfill_has_to_fetch()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await WriteAsync(storage, CandleRows.Row(1, 2), CandleRows.Row(1, 3), CandleRows.Row(1, 6), CandleRows.Row(2, 1));
        var reader = storage.Get<CandleReader>();

        var coverage = await reader.CoverageAsync([1, 2, 3], Timeframe.OneMinute, Noon + (2 * 60_000), Noon + (8 * 60_000));
        Assert.Equal([new CandleCoverage(1, Noon + (2 * 60_000), Noon + (6 * 60_000), 3)], coverage);

        var missing = await reader.MissingAsync(1, Timeframe.OneMinute, Noon + 1, Noon + (8 * 60_000) + 59_999);
        Assert.Equal([(1, 1), (4, 5), (7, 8)], missing.Select(run => ((run.From - Noon) / 60_000, (run.Through - Noon) / 60_000)));
    }

    [Fact]
    public async Task An_instrument_keeps_its_number_and_what_its_exchange_said_of_it()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var elsewhere = new TestStorage(storage.ConnectionString);
        var (btc, eth) = (InstrumentId.Parse("binance-futures:BTCUSDT"), InstrumentId.Parse("binance-futures:ETHUSDT"));
        var store = storage.Get<InstrumentStore>();
        var terms = new InstrumentTerms(0.1, 0.001, new DateTime(2019, 9, 8, 12, 0, 0, DateTimeKind.Utc));
        await store.RegisterAsync([new InstrumentListing(btc, "BTC", "USDT", InstrumentStatus.Trading) { Terms = terms }]);

        var ids = await elsewhere.Get<InstrumentStore>().ResolveAsync([eth, btc, eth]);
        await store.RegisterAsync([new InstrumentListing(btc, null, null, InstrumentStatus.Delisted)]);

        Assert.Equal(ids[0], ids[2]);
        Assert.NotEqual(ids[0], ids[1]);
        Assert.False(store.TryGetId(eth, out _));
        Assert.Equal(
            [
                new InstrumentRow(ids[1], btc, "BTC", "USDT", InstrumentStatus.Delisted) { Terms = terms },
                new InstrumentRow(ids[0], eth, null, null, InstrumentStatus.Unknown),
            ],
            await store.ListAsync("binance-futures"));
        Assert.True(store.TryGetId(eth, out var id));
        Assert.Equal(ids[0], id);
        Assert.Empty(await store.ListAsync("okx-swap"));
    }

    [Fact]
    public async Task Collectors_that_register_the_same_instruments_at_once_get_the_same_numbers()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var instruments = Enumerable.Range(0, 100).Select(i => new InstrumentId("bybit-linear", $"COIN{i}")).ToList();
        var collectors = Enumerable.Range(0, 4).Select(_ => new TestStorage(storage.ConnectionString)).ToList();
        var ids = await Task.WhenAll(collectors.Select(collector => collector.Get<InstrumentStore>().ResolveAsync(instruments)));
        Assert.Equal(instruments.Count, ids[0].Distinct().Count());
        Assert.All(ids, list => Assert.Equal(ids[0], list));
        foreach (var collector in collectors) await collector.DisposeAsync();
    }

    private static CandleRow Row(Candle candle) => new(1, Timeframe.OneMinute, candle, CandleSource.Exchange);

    private static Task WriteAsync(TestStorage storage, params CandleRow[] rows) => storage.Get<CandleWriter>().WriteAsync(rows);
}
