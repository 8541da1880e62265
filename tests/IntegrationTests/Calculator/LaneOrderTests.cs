using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.Persistence;
using CryptoScreener.MetricsCalculator.Universe;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>The worker's lane, its publisher, the streams and the rows behind them: what stands there at the end is the sorted tape's.</summary>
public sealed class LaneOrderTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Cases = 30; // one instrument each
    private const int Before = 200;
    private const int Partition = 9; // none of those the worker itself takes
    private static readonly CalculationPlan Plan = CalculationPlan.Create();
    private static readonly PartitionLease Lease = new("test", Partition, Epoch: 1);

    [Fact]
    [SuppressMessage("Security", "CA5394", Justification = "Test data; the seed is printed.")]
    public async Task Any_order_of_candles_gives_the_state_the_closed_frames_and_the_rows_of_the_sorted_tape()
    {
        var random = Seeded.Random(output);
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var calculator = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "only");
        await calculator.WarmAsync();
        using var stop = new CancellationTokenSource();
        var persisting = PersistAsync(calculator, stop.Token);
        var market = new Market(bus, random, Cases, Before + ToldCandle.Minutes);
        var lane = calculator.Get<LaneSet>().Of(Partition);
        await lane.OwnAsync(Partition, Lease.Epoch, CancellationToken.None);
        for (var minute = Before - 1; minute < Before + ToldCandle.Minutes; minute++) // with the set of the minute before a heard close may lead
            calculator.Get<UniverseBoard>().Add(Market.Exchange, new UniverseSet(market.Of(0, minute).OpenTime, new Dictionary<InstrumentId, double[]>(), null));

        var orders = ToldCandle.Orders.Sample(Cases, new Rnd((ulong)random.NextInt64()), Cases).ToArray();
        for (var i = 0; i < Cases; i++)
        {
            for (var minute = 0; minute < Before; minute++) await PutAsync(i, LaneItemKind.History, market.Of(i, minute), CandleSource.Exchange);
            foreach (var told in orders[i])
            {
                var (candle, source) = told.Of(market.Of(i, Before + told.Minute));
                await PutAsync(i, told.Kind, candle, source);
                if (told.Kind == LaneItemKind.Stored) await market.CloseAsync(Partition, i, candle, source, messageId: null);
            }
        }

        await lane.DoneAsync(CancellationToken.None);
        var mark = JsonSerializer.SerializeToUtf8Bytes(new Mark(Market.Exchange, Partition, market.Start, Cases, [], 0, 1), ContractsJson.Default.Mark);
        var published = calculator.Get<StoredPublisher>(); // behind the frames
        await published.PublishAsync(Subjects.MetricsMark(Partition, Market.Exchange), mark, null, CancellationToken.None);
        await Task.WhenAll(published.FlushAsync(CancellationToken.None), bus.Stored.FlushAsync(CancellationToken.None));
        await Eventually.TrueAsync(() => frames.MarkOf(Partition, Market.Exchange) > 0, "all frames are read");
        await PersistedAsync("candles", (await bus.Reader.EndAsync(Streams.Candles, CancellationToken.None)).Sequence);
        await PersistedAsync("metrics", frames.MarkOf(Partition, Market.Exchange));

        var ids = await storage.Get<InstrumentStore>().ResolveAsync(market.Instruments);
        for (var i = 0; i < Cases; i++) await AssertCaseAsync(i);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => persisting);

        ValueTask PutAsync(int i, LaneItemKind kind, Candle candle, CandleSource source) => lane.PutAsync(
            new LaneItem(kind, Partition, new CandleUpdate(market.Instruments[i], candle, source != CandleSource.Forming, source, 0, 0, 1)),
            CancellationToken.None);

        Task PersistedAsync(string reader, ulong through) => Eventually.TrueAsync(
            async () => await storage.Get<CheckpointStore>().ReadAsync(reader, Partition) is { } read && read.Sequence >= (long)through, $"all {reader} are rows");

        async Task AssertCaseAsync(int i)
        {
            var sorted = new InstrumentState(Plan);
            for (var minute = 0; minute < Before; minute++) sorted.Commit(market.Of(i, minute), CandleSource.Exchange);
            var (first, last) = (market.Of(i, Before).OpenTime, market.Of(i, Before + ToldCandle.Minutes - 1).OpenTime);
            var rows = await storage.Get<MetricHistory>().ReadAsync(ids[i], first, last);
            Assert.Equal(ToldCandle.Minutes, rows.Count);
            for (var minute = 0; minute < ToldCandle.Minutes; minute++)
            {
                var candle = market.Of(i, Before + minute);
                sorted.Commit(in candle, CandleSource.Exchange);
                Assert.Equal(FrameOf(sorted), frames.Find(market.Instruments[i], candle.OpenTime));
                Assert.Equal((candle.OpenTime, Plan.Catalogue.Hash), (rows[minute].Minute, rows[minute].CatalogueHash));
                Assert.Equal(FrameOf(sorted), rows[minute].Numbers);
            }

            var snapshot = new ArrayBufferWriter<byte>();
            Assert.True(await lane.SnapshotAsync(Partition, market.Instruments[i], snapshot, CancellationToken.None));
            var state = new InstrumentState(Plan);
            Assert.True(state.TryReadSnapshot(snapshot.WrittenMemory));
            Assert.Equal(sorted.ClosedMinutes, state.ClosedMinutes);
            Assert.Equal(FrameOf(sorted), FrameOf(state));
            Assert.Equal(
                Enumerable.Range(Before, ToldCandle.Minutes).Select(minute => (market.Of(i, minute), CandleSource.Exchange)),
                await StoredCandlesAsync(storage, ids[i], first));
        }
    }

    /// <summary>What the worker does for partitions of its own.</summary>
    private static Task PersistAsync(RunningCalculator calculator, CancellationToken stop) => Together.RunAsync(
        stop,
        async token =>
        {
            var persistence = calculator.Get<CandlePersistence>();
            await persistence.RunAsync(Lease, await persistence.AdoptAsync(Lease, token), token);
        },
        token => calculator.Get<FramePersistence>().RunAsync(Lease, token));

    private static async Task<List<(Candle, CandleSource)>> StoredCandlesAsync(TestStorage storage, int id, long from)
    {
        var stored = new List<(Candle, CandleSource)>();
        await storage.Get<CandleReader>().ReadManyAsync(
            [id], Timeframe.OneMinute, from, (int _, in Candle candle, CandleSource source) => stored.Add((candle, source)));
        return stored;
    }

    private static double[] FrameOf(InstrumentState state)
    {
        var frame = new double[Plan.Catalogue.Count];
        Assert.True(state.WriteClosedFrame(frame));
        return frame;
    }
}
