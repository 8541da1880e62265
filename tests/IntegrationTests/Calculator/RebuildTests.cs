using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.WarmUp;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Calculator;

public sealed class RebuildTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Before = 120; // minutes that are backfilled, in two halves
    private const int Hours = 3;
    private const int Most = Before + (Hours * 60) + 60;
    private static readonly Timeframe Hour = new(60);
    private static readonly CalculationPlan Plan = CalculationPlan.Create();
    private static readonly int Known = Plan.Catalogue.ColumnOf("history");

    [Fact]
    public async Task What_recurs_stands_on_the_same_bar_however_often_it_is_built_anew()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync());
        var random = Seeded.Random(output);
        var midnight = Timeframe.OneDay.OpenOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()) - Timeframe.OneDay.Milliseconds;
        var market = new Market(bus, random, instruments: 1, Most, midnight - (Before * Timeframe.MinuteMs));
        var bars = new Market(bus, random, instruments: 1, minutes: 500).Bars(0, Hour, before: midnight);
        var bitcoin = market.Instruments[0];
        await Backfills.StoreAsync(storage, bitcoin, Hour, bars);
        await using var calculator = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "only");
        await calculator.WarmAsync();

        var minute = Before;
        await PublishedAsync(Before);
        await RebuiltWithAsync(Before / 2, Before - 1);
        var anchor = (await AnchorsAsync())[Hour];
        await PublishedAsync(Before + (Hours * 60));
        await RebuiltWithAsync(0, (Before / 2) - 1);

        Assert.Equal(anchor, (await AnchorsAsync())[Hour]);
        var expected = new InstrumentState(Plan);
        expected.SeedBars(Hour, bars.Where(bar => bar.OpenTime >= anchor).ToArray());
        for (var m = Before; m < minute; m++) expected.Commit(market.Of(0, m), CandleSource.Exchange);
        var values = new double[Plan.Catalogue.Count];
        expected.WriteClosedFrame(values);
        foreach (var (metric, column) in Plan.Catalogue.Metrics.Select((metric, column) => (metric, column)).Where(m => m.metric.Function is "obv" or "ema" or "rsi" or "supertrend" or "adx"))
            if (metric.Arguments[^1] == "1h") Assert.Equal(values[column], FrameOf(minute - 1)[column]);
        Assert.NotEqual(0, values[Plan.Catalogue.ColumnOf("obv(1h)")]);

        double[] FrameOf(int at) => frames.Find(bitcoin, market.Of(0, at).OpenTime)!;

        async Task<Dictionary<Timeframe, long>> AnchorsAsync()
        {
            var partition = Partitioning.Of(bitcoin, RunningCalculator.Partitions);
            return (await calculator.Get<LaneSet>().Of(partition).AnchorsAsync(partition, bitcoin, CancellationToken.None))!;
        }

        async Task PublishedAsync(int through)
        {
            await market.PublishAsync(minute, through);
            await Eventually.TrueAsync(() => frames.Count == through - Before + 1, $"all frames through minute {through} are in the stream");
            minute = through + 1;
        }

        async Task RebuiltWithAsync(int from, int through)
        {
            await Backfills.BackfillAsync(bus, storage, bitcoin, [.. Enumerable.Range(from, through - from + 1).Select(m => market.Of(0, m))]);
            while (FrameOf(minute - 1)[Known] != minute - from)
            {
                Assert.True(minute < Most, "the backfilled minutes are not in the frames");
                await PublishedAsync(minute);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System); // rebuilding goes on beside
            }
        }
    }

    [Fact]
    public async Task An_instrument_that_persistence_is_behind_with_holds_up_no_other_and_one_of_a_partition_that_is_not_ours_is_not_read()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync());
        var market = new Market(bus, Seeded.Random(output), instruments: 2, minutes: 80);
        await using var calculator = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "only");
        await calculator.WarmAsync();
        await market.PublishAsync(20, 21);
        await Eventually.TrueAsync(() => frames.Count == 4, "all frames are in the stream");
        await Eventually.TrueAsync(async () => await storage.ScalarAsync<long>("SELECT count(*) FROM candles_minute") == 4, "all candles are stored");
        var (behind, other) = (market.Instruments[0], market.Instruments[1]);
        for (var m = 23; m < 80; m++) await CommitAsync(behind, market.Of(0, m)); // more than is remembered, and nobody stores it
        await Backfills.BackfillAsync(bus, storage, behind, [market.Of(0, 19)]);
        await Backfills.BackfillAsync(bus, storage, other, [.. Enumerable.Range(0, 20).Select(m => market.Of(1, m))]);
        var minute = 24;
        while (frames.Find(other, market.Of(1, minute - 1).OpenTime)?[Known] is not { } known || known < 20 + (minute - 22))
        {
            Assert.True(minute < 80, "the other instrument was not built anew");
            await market.CloseAsync(1, minute++);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        var history = calculator.Get<History>();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.InRange((await history.TryRebuildAsync(other, now, CancellationToken.None))!.Value, 22, 80);
        var partition = Partitioning.Of(other, RunningCalculator.Partitions);
        await calculator.Get<LaneSet>().Of(partition).DisownAsync(partition, CancellationToken.None);
        Assert.Equal(0, await history.TryRebuildAsync(other, now, CancellationToken.None));

        async Task CommitAsync(InstrumentId id, Candle candle)
        {
            var of = Partitioning.Of(id, RunningCalculator.Partitions);
            var update = new CandleUpdate(id, candle, true, CandleSource.Exchange, 0, 0, 1);
            await calculator.Get<LaneSet>().Of(of).PutAsync(new LaneItem(LaneItemKind.History, of, update), CancellationToken.None);
        }
    }
}
