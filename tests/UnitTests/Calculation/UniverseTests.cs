using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.UnitTests.Calculation;

public class UniverseTests
{
    private static readonly CalculationPlan Plan = CalculationPlan.Create();

    [Fact]
    public void Correlation_and_beta_are_those_of_the_last_sixty_returns()
    {
        var (tape, benchmark) = (Tape.Random(61, 400), Tape.Random(62, 400, price: 60_000));
        var (state, bitcoin) = (Frames.Feed(Plan, tape), Frames.Feed(Plan, benchmark));
        state.CompareWith(BenchmarkCloses.Of(bitcoin, bitcoin.LastClosedMinute));
        var (correlation, beta) = CorrelationKernel.OfCloses([.. tape[^61..].Select(c => c.Close)], [.. benchmark[^61..].Select(c => c.Close)]);
        Assert.Equal(correlation, state.Closed("correlation(60,1m)"));
        Assert.Equal(beta, state.Closed("beta(60,1m)"));
        Assert.Equal(Closed5(tape, benchmark).Correlation, state.Closed("correlation(60,5m)"));
        Assert.True(double.IsNaN(state.Closed("correlation(60,15m)")));
    }

    [Fact]
    public void An_instrument_correlates_perfectly_with_itself()
    {
        var state = Frames.Feed(Plan, Tape.Random(63, 100));
        state.CompareWith(BenchmarkCloses.Of(state, state.LastClosedMinute));
        Assert.Equal(1, state.Closed("correlation(60,1m)"), 1e-12);
        Assert.Equal(1, state.Closed("beta(60,1m)"), 1e-12);
    }

    [Fact]
    public void A_benchmark_that_has_not_closed_the_minute_gives_null()
    {
        var state = Frames.Feed(Plan, Tape.Random(64, 100));
        state.CompareWith(BenchmarkCloses.Of(Frames.Feed(Plan, Tape.Random(65, 99)), state.LastClosedMinute));
        Assert.True(double.IsNaN(state.Closed("correlation(60,1m)")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Both_may_be_ahead_of_the_minute_that_is_compared(int ahead)
    {
        const int Minutes = 400;
        var (tape, benchmark) = (Tape.Random(61, Minutes + ahead), Tape.Random(62, Minutes + ahead, price: 60_000));
        var (then, now) = (Frames.Feed(Plan, [.. tape.Take(Minutes)]), Frames.Feed(Plan, tape));
        then.CompareWith(BenchmarkCloses.Of(Frames.Feed(Plan, [.. benchmark.Take(Minutes)]), Tape.Minute(Minutes - 1)));
        now.CompareWith(BenchmarkCloses.Of(Frames.Feed(Plan, benchmark), Tape.Minute(Minutes - 1)));
        Assert.False(double.IsNaN(then.Closed("correlation(60,5m)")));
        Assert.Equal(then.Universe.ToArray(), now.Universe.ToArray());
    }

    [Fact]
    public void Ranks_go_from_the_lowest_to_the_highest_and_stand_in_the_next_frames()
    {
        var states = Enumerable.Range(0, 5).Select(i => Frames.Feed(Plan, Tape.Random(70 + i, 40))).ToArray();
        double[][] ranked = [.. states.Select(s => s.Closed()).Select(frame => Plan.Universe.Ranked.Select(column => frame[column]).ToArray())];
        double[][] ranks = [.. states.Select(_ => new double[Plan.Universe.Count])];
        new UniverseRanks(Plan).Rank(ranked, ranks);
        for (var i = 0; i < states.Length; i++) ranks[i].AsSpan(0, Plan.Universe.Ranked.Length).CopyTo(states[i].Universe);

        var ordered = states.OrderBy(s => s.Closed("volume(15m)")).Select(s => s.Closed("rank_volume(15m)"));
        Assert.Equal([0, 25, 50, 75, 100], ordered);
        Assert.Equal([50.0, 50, 50, 50, 50], states.Select(s => s.Closed("rank_change(1m)"))); // all alike: change(1m) is 0
        Assert.All(states, s => Assert.True(double.IsNaN(s.Closed("rank_volume(1h)"))));
    }

    private static (double Correlation, double Beta) Closed5(Candle[] tape, Candle[] benchmark) => CorrelationKernel.OfCloses(
        [.. tape.Where((_, i) => i % 5 == 4).TakeLast(61).Select(c => c.Close)],
        [.. benchmark.Where((_, i) => i % 5 == 4).TakeLast(61).Select(c => c.Close)]);
}
