using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.Universe;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>The worker's lane, its publisher and the stream behind it: what stands there at the end is the sorted tape's.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Test data; the seed is printed.")]
public sealed class LaneOrderTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Cases = 30; // one instrument each
    private const int Before = 200;
    private const int Shuffled = 14; // as far back as frames are published again
    private const int Partition = 9; // none of those the worker itself takes
    private static readonly CalculationPlan Plan = CalculationPlan.Create();

    [Fact]
    public async Task Closed_frames_and_state_are_those_of_the_sorted_tape_in_whatever_order_candles_come()
    {
        var random = Seeded.Random(output);
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        await using var calculator = await RunningCalculator.StartAsync(nats, await servers.CreateDatabaseAsync(), "only");
        await calculator.WarmAsync();
        var market = new Market(bus, random, Cases, Before + Shuffled);
        var lane = calculator.Get<LaneSet>().Of(Partition);
        await lane.OwnAsync(Partition, epoch: 1, CancellationToken.None);
        for (var minute = Before - 1; minute < Before + Shuffled; minute++) // with the set of the minute before a heard close may lead
            calculator.Get<UniverseBoard>().Add(Market.Exchange, new UniverseSet(market.Of(0, minute).OpenTime, new Dictionary<InstrumentId, double[]>(), null));

        for (var i = 0; i < Cases; i++)
        {
            for (var minute = 0; minute < Before; minute++) await PutAsync(lane, market, i, LaneItemKind.History, market.Of(i, minute), CandleSource.Exchange);
            var arrivals = Arrivals(random, [.. Enumerable.Range(Before, Shuffled).Select(minute => market.Of(i, minute))]);
            random.Shuffle(arrivals);
            foreach (var (kind, candle, source) in arrivals) await PutAsync(lane, market, i, kind, candle, source);
        }

        await lane.DoneAsync(CancellationToken.None);
        var mark = JsonSerializer.SerializeToUtf8Bytes(new Mark(Market.Exchange, Partition, market.Start, Cases, [], 0, 1), ContractsJson.Default.Mark);
        await calculator.Get<StoredPublisher>().PublishAsync(Subjects.MetricsMark(Partition, Market.Exchange), mark, null, CancellationToken.None);
        await Eventually.TrueAsync(() => frames.HasMark(Partition, Market.Exchange), "all frames are read");

        for (var i = 0; i < Cases; i++) await AssertCaseAsync(i);

        async Task AssertCaseAsync(int i)
        {
            var sorted = new InstrumentState(Plan);
            for (var minute = 0; minute < Before; minute++) sorted.Commit(market.Of(i, minute), CandleSource.Exchange);
            for (var minute = Before; minute < Before + Shuffled; minute++)
            {
                sorted.Commit(market.Of(i, minute), CandleSource.Exchange);
                Assert.Equal(FrameOf(sorted), frames.Find(market.Instruments[i], market.Of(i, minute).OpenTime));
            }

            var snapshot = new ArrayBufferWriter<byte>();
            Assert.True(await lane.SnapshotAsync(Partition, market.Instruments[i], snapshot, CancellationToken.None));
            var state = new InstrumentState(Plan);
            Assert.True(state.TryReadSnapshot(snapshot.WrittenMemory));
            Assert.Equal(sorted.ClosedMinutes, state.ClosedMinutes);
            Assert.Equal(FrameOf(sorted), FrameOf(state));
        }
    }

    /// <summary>Every minute from the stream at least once; besides heard ahead of it, told twice, forming, and told wrongly by sources that count less.</summary>
    private static (LaneItemKind Kind, Candle Candle, CandleSource Source)[] Arrivals(Random random, Candle[] truth)
    {
        var arrivals = new List<(LaneItemKind, Candle, CandleSource)>();
        foreach (var candle in truth)
        {
            var half = candle with { Close = candle.Open, Volume = candle.Volume / 2 };
            arrivals.Add((LaneItemKind.Stored, candle, CandleSource.Exchange));
            if (random.Next(2) == 0) arrivals.Add((LaneItemKind.Heard, candle, CandleSource.Exchange));
            if (random.Next(3) == 0) arrivals.Add((LaneItemKind.Stored, candle, CandleSource.Exchange));
            if (random.Next(3) == 0) arrivals.Add((LaneItemKind.Live, half, CandleSource.Forming));
            if (random.Next(4) == 0) arrivals.Add((LaneItemKind.Stored, half, CandleSource.Exchange));
            if (random.Next(4) == 0) arrivals.Add((LaneItemKind.Stored, candle with { Volume = candle.Volume * 2 }, CandleSource.Successor));
            if (random.Next(4) == 0) arrivals.Add((LaneItemKind.Stored, Candle.Flat(candle.OpenTime, candle.Low), CandleSource.Synthetic));
        }

        return [.. arrivals];
    }

    private static ValueTask PutAsync(CalculationLane lane, Market market, int instrument, LaneItemKind kind, Candle candle, CandleSource source) =>
        lane.PutAsync(
            new LaneItem(kind, Partition, new CandleUpdate(market.Instruments[instrument], candle, source != CandleSource.Forming, source, 0, 0, 1)),
            CancellationToken.None);

    private static double[] FrameOf(InstrumentState state)
    {
        var frame = new double[Plan.Catalogue.Count];
        Assert.True(state.WriteClosedFrame(frame));
        return frame;
    }
}
