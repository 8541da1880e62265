using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.MetricsCalculator.Lanes;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class TrackedInstrumentTests
{
    private static readonly CalculationPlan Plan = CalculationPlan.Create();
    private static readonly InstrumentId Bitcoin = new("binance-futures", "BTCUSDT");
    private readonly TrackedInstrument _tracked = new(Plan, Bitcoin, partition: 0);

    [Fact]
    public void A_deposed_collector_is_known_by_its_epoch_in_what_is_heard_and_in_what_is_stored_each_for_itself()
    {
        Assert.False(_tracked.IsDeposed(LaneItemKind.Live, epoch: 2));
        Assert.True(_tracked.IsDeposed(LaneItemKind.Heard, epoch: 1));
        Assert.False(_tracked.IsDeposed(LaneItemKind.Stored, epoch: 1));
        Assert.False(_tracked.IsDeposed(LaneItemKind.Stored, epoch: 2));
        Assert.True(_tracked.IsDeposed(LaneItemKind.Stored, epoch: 1));
        Assert.False(_tracked.IsDeposed(LaneItemKind.History, epoch: 0));
    }

    /// <summary>Its successor said the same of minute 2, and the stream took it for the double that it is.</summary>
    [Fact]
    public void A_minute_that_a_deposed_collector_said_first_counts_unless_it_is_known()
    {
        Assert.False(_tracked.Refuses(LaneItemKind.Stored, epoch: 6, Minute(1)));
        _tracked.Commit(Bar(1), CandleSource.Exchange);
        Assert.False(_tracked.Refuses(LaneItemKind.Stored, epoch: 5, Minute(2)));
        Assert.True(_tracked.Refuses(LaneItemKind.Stored, epoch: 5, Minute(1)));
        Assert.False(_tracked.Refuses(LaneItemKind.Heard, epoch: 6, Minute(1)));
        Assert.True(_tracked.Refuses(LaneItemKind.Heard, epoch: 5, Minute(2)));
    }

    [Fact]
    public void A_heard_close_counts_only_behind_the_last_closed_minute()
    {
        _tracked.Commit(Bar(1), CandleSource.Exchange);
        Assert.Equal((false, true, false), (_tracked.IsNext(Minute(1)), _tracked.IsNext(Minute(2)), _tracked.IsNext(Minute(3))));
    }

    [Fact]
    public void A_rebuild_stands_on_what_is_stored_and_keeps_what_may_not_be_stored_yet()
    {
        foreach (var minute in (int[])[3, 4]) _tracked.Commit(Bar(minute), CandleSource.Exchange);
        Assert.Equal(long.MinValue, _tracked.NewestForgotten);

        Rebuild((1, CandleSource.Exchange), (2, CandleSource.Exchange), (3, CandleSource.Exchange));

        Assert.Equal((4, Minute(4)), (_tracked.State.ClosedMinutes, _tracked.State.LastClosedMinute));
        Assert.False(_tracked.State.NeedsRebuild);
    }

    [Fact]
    public void A_rebuild_knows_no_minute_that_the_stream_may_still_bring_whatever_its_source()
    {
        _tracked.Commit(Bar(2), CandleSource.Exchange);

        Rebuild((1, CandleSource.Backfill), (2, CandleSource.Exchange), (3, CandleSource.Backfill), (4, CandleSource.Exchange), (5, CandleSource.Backfill));

        Assert.Equal((2, Minute(2)), (_tracked.State.ClosedMinutes, _tracked.State.LastClosedMinute));
        foreach (var minute in (int[])[3, 4, 5]) Assert.Equal(CommitOutcome.NewMinute, _tracked.Commit(Bar(minute), CandleSource.Backfill));
    }

    [Fact]
    public void What_knows_nothing_yet_takes_all_that_is_stored()
    {
        Rebuild((1, CandleSource.Exchange), (2, CandleSource.Backfill), (3, CandleSource.Exchange));
        Assert.Equal(Minute(3), _tracked.State.LastClosedMinute);
    }

    [Fact]
    public void Minutes_before_a_candle_that_nobody_told_are_looked_for()
    {
        Assert.Equal(new SkippedMinutes(long.MinValue, Minute(0)), _tracked.SkippedBy(Minute(1)));
        _tracked.Commit(Bar(1), CandleSource.Exchange);
        Assert.Null(_tracked.SkippedBy(Minute(1)));
        Assert.Null(_tracked.SkippedBy(Minute(2)));
        Assert.Equal(new SkippedMinutes(Minute(2), Minute(4)), _tracked.SkippedBy(Minute(5)));
    }

    [Fact]
    public void Skipped_minutes_join_and_whoever_names_none_means_all()
    {
        var (early, late) = (new SkippedMinutes(1, 2), new SkippedMinutes(5, 7));
        Assert.Equal(new SkippedMinutes(1, 7), SkippedMinutes.Join(late, early));
        Assert.Null(SkippedMinutes.Join(early, null));
        Assert.Null(SkippedMinutes.Join(null, late));
    }

    [Fact]
    public void What_is_no_longer_remembered_must_be_stored_and_a_minute_that_came_late_does_not_hide_it()
    {
        for (var minute = 10; minute <= 60; minute++) _tracked.Commit(Bar(minute), CandleSource.Exchange);
        Assert.Equal(Minute(30), _tracked.NewestForgotten);
        _tracked.Commit(Bar(1), CandleSource.Audit);
        Assert.Equal(Minute(31), _tracked.NewestForgotten);
        for (var minute = 61; minute <= 90; minute++) _tracked.Commit(Bar(minute), CandleSource.Exchange);
        Assert.Equal(Minute(60), _tracked.NewestForgotten); // the late one was forgotten last
    }

    [Fact]
    public void What_a_snapshot_brings_is_not_remembered()
    {
        for (var minute = 0; minute <= 5; minute++) _tracked.Commit(Bar(minute), CandleSource.Exchange);
        var snapshot = new System.Buffers.ArrayBufferWriter<byte>();
        _tracked.State.WriteSnapshot(snapshot);
        Assert.True(_tracked.TryRestore(snapshot.WrittenMemory));
        _tracked.Commit(Bar(6), CandleSource.Exchange);
        Assert.Equal(Minute(5), _tracked.NewestForgotten);
    }

    [Fact]
    public void The_bars_its_indicators_stand_on_are_known()
    {
        Assert.Empty(_tracked.Anchors());
        for (var minute = 0; minute <= 30; minute++) _tracked.Commit(Bar(minute), CandleSource.Exchange);
        Assert.Equal(Minute(0), _tracked.Anchors()[Timeframe.OneMinute]);
        Assert.DoesNotContain(Timeframe.OneDay, _tracked.Anchors().Keys);
    }

    [Fact]
    public void A_repetition_is_not_remembered_twice()
    {
        Assert.Equal(CommitOutcome.NewMinute, _tracked.Commit(Bar(1), CandleSource.Exchange));
        for (var i = 0; i < 100; i++) Assert.Equal(CommitOutcome.Duplicate, _tracked.Commit(Bar(1), CandleSource.Exchange));
        Assert.Equal(long.MinValue, _tracked.NewestForgotten);
    }

    private void Rebuild(params (int Minute, CandleSource Source)[] stored) => _tracked.Rebuild(
        Plan, new Dictionary<Timeframe, Candle[]>(), [.. stored.Select(row => new CandleUpdate(Bitcoin, Bar(row.Minute), true, row.Source, 0, 0, 0))]);

    private static long Minute(int index) => 1_763_656_440_000 + (index * Timeframe.MinuteMs);

    private static Candle Bar(int minute) => new(Minute(minute), 100, 110, 90, 100, 5, 500, 10, 1, 100);
}
