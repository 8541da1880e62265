using System.Buffers;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

public class SnapshotTests
{
    private static readonly CalculationPlan Plan = CalculationPlan.Create();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(3001)]
    public void A_restored_state_goes_on_as_if_it_had_never_stopped(int minutes)
    {
        const int Seed = 41;
        var tape = Tape.Random(Seed, minutes + 130);
        var original = Seeded();
        foreach (var candle in tape.AsSpan(0, minutes)) original.Commit(in candle, CandleSource.Exchange);
        var restored = new InstrumentState(Plan);
        Assert.True(restored.TryReadSnapshot(Snapshot(original)));

        for (var i = minutes; i < tape.Length; i++)
        {
            if (i % 11 == 5) continue; // comes late, below
            original.Commit(in tape[i], CandleSource.Exchange);
            restored.Commit(in tape[i], CandleSource.Exchange);
            Assert.Equal(original.Closed(), restored.Closed());
        }

        for (var i = minutes + 20; i < tape.Length; i++)
        {
            original.Commit(in tape[i], CandleSource.Backfill);
            restored.Commit(in tape[i], CandleSource.Backfill);
        }

        Assert.Equal(original.Closed(), restored.Closed());
        Assert.Equal(original.LastClosedMinute, restored.LastClosedMinute);
        Assert.Equal(original.ClosedMinutes, restored.ClosedMinutes);
        Assert.Equal(original.NeedsRebuild, restored.NeedsRebuild);
        Assert.Equal(Snapshot(original), Snapshot(restored));
    }

    [Fact]
    public void Taking_a_snapshot_changes_nothing()
    {
        var state = Frames.Feed(Plan, Tape.Random(42, 500));
        var before = state.Closed();
        var first = Snapshot(state);
        Assert.Equal(first, Snapshot(state));
        Assert.Equal(before, state.Closed());
    }

    [Fact]
    public void A_snapshot_of_another_plan_version_or_length_is_refused_and_changes_nothing()
    {
        var tape = Tape.Random(43, 100);
        var state = Frames.Feed(Plan, tape);
        var before = state.Closed();
        var other = Frames.Feed(CalculationPlan.Create([new(1), new(5)]), tape);
        Assert.False(state.TryReadSnapshot(Snapshot(other)));
        var snapshot = Snapshot(state);
        Assert.False(state.TryReadSnapshot(snapshot.AsMemory(0, snapshot.Length - 1)));
        Assert.False(state.TryReadSnapshot(default));
        snapshot[0]++;
        Assert.False(state.TryReadSnapshot(snapshot));
        Assert.Equal(before, state.Closed());
    }

    private static InstrumentState Seeded()
    {
        var state = new InstrumentState(Plan);
        foreach (var timeframe in Plan.Timeframes) state.SeedBars(timeframe, Tape.Before(timeframe, 230));
        return state;
    }

    private static byte[] Snapshot(InstrumentState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        state.WriteSnapshot(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
