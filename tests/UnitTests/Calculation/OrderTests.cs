using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.UnitTests.Calculation;

/// <summary>The state is a function of the set of candles: any order, with repeats and forming candles between, is the sorted tape.</summary>
public class OrderTests
{
    /// <summary>As late as a minute may come and still reach the indicators.</summary>
    private const int Minutes = 110;
    private static readonly CalculationPlan Plan = CalculationPlan.Create();

    private sealed record Arrival(Candle Candle, CandleSource Source);

    [Fact]
    public void Any_order_of_closed_live_duplicate_late_and_corrected_candles_gives_the_state_of_the_sorted_tape()
    {
        var arrivals =
            from seed in Gen.Choose(0, int.MaxValue)
            from before in Gen.Elements(0, 7, 185, 1385)
            from shuffled in Gen.Shuffle(Arrivals(seed, before))
            select (seed, before, shuffled);

        Prop.ForAll(Arb.From(arrivals), given =>
        {
            var (expected, actual) = (Seeded(), Seeded());
            foreach (var candle in Tape.Random(given.seed, given.before))
            {
                expected.Commit(in candle, CandleSource.Exchange);
                actual.Commit(in candle, CandleSource.Exchange);
            }

            foreach (var candle in Truth(given.seed, given.before)) expected.Commit(in candle, CandleSource.Exchange);
            Deliver(expected, LastForming(given.seed, given.before));
            foreach (var arrival in given.shuffled)
            {
                Deliver(actual, arrival);
                if (arrival.Candle.Trades % 16 == 0) actual.WriteLiveFrame(new double[Plan.Catalogue.Count]);
            }

            Assert.False(actual.NeedsRebuild);
            Assert.Equal(expected.Closed(), actual.Closed());
            Assert.Equal(expected.Live(), actual.Live());
            Assert.Equal(expected.Closed(), actual.Closed());
            Assert.Equal(expected.ClosedMinutes, actual.ClosedMinutes);
            Assert.Equal(expected.LastClosedMinute, actual.LastClosedMinute);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_frames_that_the_order_test_compares_are_not_empty()
    {
        var state = Seeded();
        foreach (var candle in Tape.Random(1, Minutes)) state.Commit(in candle, CandleSource.Exchange);
        var nulls = Plan.Catalogue.Metrics.Zip(state.Closed()).Where(m => double.IsNaN(m.Second)).Select(m => m.First);
        string[] excused = ["correlation", "beta", "volume_ratio", "taker_share"];
        Assert.DoesNotContain(nulls, m => m.WarmUpMinutes < Minutes / 2 && m.Unit != "rank" && !excused.Contains(m.Function));
        Assert.False(double.IsNaN(state.Closed("ema(200,1d)")));
        Assert.False(double.IsNaN(state.Closed("stochrsi_d(14,14,3,3,4h)")));
    }

    [Fact]
    public void A_minute_too_late_for_the_indicators_asks_for_a_rebuild_and_the_windows_are_right_all_the_same()
    {
        var tape = Tape.Random(31, 500);
        var state = new InstrumentState(Plan);
        foreach (var candle in tape)
            if (candle != tape[200]) state.Commit(in candle, CandleSource.Exchange);
        Assert.False(state.NeedsRebuild);
        Assert.Equal(CommitOutcome.LateMinute, state.Commit(in tape[200], CandleSource.Exchange));
        Assert.True(state.NeedsRebuild);

        var whole = Frames.Feed(Plan, tape);
        Assert.Equal(whole.Closed("volume(8h)"), state.Closed("volume(8h)"));
        Assert.NotEqual(whole.Closed("ema(200,1m)"), state.Closed("ema(200,1m)"));
        state.Clear();
        foreach (var candle in tape) state.Commit(in candle, CandleSource.Backfill);
        Assert.False(state.NeedsRebuild);
        Assert.Equal(whole.Closed(), state.Closed());
    }

    [Fact]
    public void The_frame_of_a_minute_that_has_passed_is_what_it_was_when_it_was_the_newest()
    {
        var tape = Tape.Random(41, 3000);
        var state = Frames.Feed(Plan, tape.AsSpan(0, 2960));
        var frames = new List<double[]>();
        foreach (var candle in tape.AsSpan(2960))
        {
            state.Commit(in candle, CandleSource.Exchange);
            frames.Add(state.Closed());
        }

        var values = new double[Plan.Catalogue.Count];
        for (var back = 29; back >= 0; back--)
        {
            Assert.True(state.WriteClosedFrame(tape[^(back + 1)].OpenTime, values));
            Assert.Equal(frames[^(back + 1)], values);
        }

        Assert.False(state.WriteClosedFrame(tape[^1].OpenTime + Timeframe.MinuteMs, values));
        Assert.False(state.WriteClosedFrame(InstrumentState.None, values));
    }

    [Fact]
    public void Outcomes_name_what_happened()
    {
        var tape = Tape.Random(21, 3000);
        var state = new InstrumentState(CalculationPlan.Create());
        Assert.Equal(CommitOutcome.NewMinute, state.Commit(in tape[2000], CandleSource.Exchange));
        Assert.Equal(CommitOutcome.NewMinute, state.Commit(in tape[2010], CandleSource.Successor));
        Assert.Equal(CommitOutcome.LateMinute, state.Commit(in tape[2005], CandleSource.Exchange));
        Assert.Equal(CommitOutcome.Duplicate, state.Commit(in tape[2005], CandleSource.Exchange));
        Assert.Equal(CommitOutcome.Duplicate, state.Commit(in tape[2005], CandleSource.Audit));
        Assert.Equal(CommitOutcome.Correction, state.Commit(tape[2010] with { Close = tape[2010].High }, CandleSource.Exchange));
        Assert.Equal(CommitOutcome.Duplicate, state.Commit(in tape[2010], CandleSource.Successor));
        Assert.Equal(CommitOutcome.Duplicate, state.Commit(tape[2010] with { Volume = 0 }, CandleSource.Exchange));
        Assert.Equal(CommitOutcome.TooOld, state.Commit(in tape[400], CandleSource.Audit));
        Assert.Equal(tape[2010].High, state.Closed("price"));
    }

    private static InstrumentState Seeded()
    {
        var state = new InstrumentState(Plan);
        foreach (var timeframe in Plan.Timeframes) state.SeedBars(timeframe, Tape.Before(timeframe, 260));
        return state;
    }

    private static void Deliver(InstrumentState state, Arrival arrival)
    {
        if (arrival.Source == CandleSource.Forming) state.Merge(arrival.Candle);
        else state.Commit(arrival.Candle, arrival.Source);
    }

    /// <summary>The minutes after those before, with holes. Those before put the end of an hour, of four or of the day among them.</summary>
    private static Candle[] Truth(int seed, int before)
    {
        var random = new Random(seed);
        var minutes = Tape.Random(seed, before + Minutes)[before..];
        return [.. minutes.Where((_, i) => i == Minutes - 1 || random.Next(60) != 0)];
    }

    private static Arrival LastForming(int seed, int before) =>
        new(Tape.Forming(Tape.Random(seed, before + Minutes + 1)[^1], 0.7), CandleSource.Forming);

    private static Arrival[] Arrivals(int seed, int before)
    {
        var random = new Random(seed + 1);
        var arrivals = new List<Arrival> { LastForming(seed, before) };
        foreach (var candle in Truth(seed, before))
        {
            arrivals.Add(new(candle, CandleSource.Exchange));
            if (random.Next(4) == 0) arrivals.Add(new(candle, CandleSource.Exchange));
            if (random.Next(3) == 0) arrivals.Add(new(Tape.Forming(in candle, random.NextDouble()), CandleSource.Forming));
            if (random.Next(8) == 0) arrivals.Add(new(candle with { Close = candle.Open, QuoteVolume = 1 }, CandleSource.Successor));
            if (random.Next(8) == 0) arrivals.Add(new(Tape.Forming(in candle, 0.9), CandleSource.Exchange)); // as good a source, but not all of it
            if (random.Next(8) == 0) arrivals.Add(new(Candle.Flat(candle.OpenTime, candle.Low), CandleSource.Synthetic));
        }

        return [.. arrivals];
    }
}
