using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

public class PlanTests
{
    [Fact]
    public void A_demanded_metric_joins_behind_the_catalogue_and_moves_no_column()
    {
        var plain = CalculationPlan.Create();
        var plan = CalculationPlan.Create(Timeframe.Default, [Demand("rsi(7,1h)"), Demand("change(30m)"), Demand("bb_lower(10,1.5,1m)")]);
        Assert.Equal(plain.Catalogue.Metrics.Select(m => m.Name), plan.Catalogue.Metrics.Take(plain.Catalogue.Count).Select(m => m.Name));
        Assert.NotEqual(plain.Catalogue.Hash, plan.Catalogue.Hash);

        var tape = Tape.Random(51, 900);
        var state = Frames.Feed(plan, tape);
        Assert.False(double.IsNaN(state.Closed("rsi(7,1h)")));
        Assert.False(double.IsNaN(state.Closed("bb_upper(10,1.5,1m)")));
        Assert.Equal(((tape[899].Close / tape[870].Close) - 1) * 100, state.Closed("change(30m)"));
        Assert.Equal(Frames.Feed(plain, tape).Closed(), state.Closed()[..plain.Catalogue.Count]);
    }

    [Fact]
    public void What_is_there_already_is_not_added_again()
    {
        var plain = CalculationPlan.Create();
        var plan = CalculationPlan.Create(Timeframe.Default, [Demand("rsi(14,1h)"), Demand("macd_signal(12,26,9,5m)"), Demand("volume(5m)")]);
        Assert.Equal(plain.Catalogue.Hash, plan.Catalogue.Hash);
    }

    [Theory]
    [InlineData("rsi", "write a function and its arguments")]
    [InlineData("rsi(14)", "not a timeframe")]
    [InlineData("rsi(x,1h)", "'x' in 'rsi(x,1h)' is not a number")]
    [InlineData("rsi(1,1h)", "between 2 and 500")]
    [InlineData("rsy(14,1h)", "no metric called 'rsy'")]
    public void A_name_that_cannot_be_demanded_says_why(string name, string advice)
    {
        Assert.False(MetricDemand.TryParse(name, out _, out var objection));
        Assert.Contains(advice, objection, StringComparison.Ordinal);
    }

    [Fact]
    public void Demands_are_bounded_in_number_timeframe_and_length()
    {
        var many = Enumerable.Range(100, CalculationPlan.MostDemands + 1).Select(n => Demand($"ema({n},1h)")).ToArray();
        Assert.Contains("drop some", Refusal(many), StringComparison.Ordinal);
        Assert.Contains("1m 5m 15m", Refusal(Demand("rsi(14,2h)")), StringComparison.Ordinal);
        Assert.Contains("history that is kept, 1d", Refusal(Demand("change(2d)")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_metric_has_its_canonical_name_and_is_warm_exactly_when_it_says()
    {
        var plan = CalculationPlan.Create([new(1), new(5), new(15)]);
        var tape = Tape.Random(52, 3600);
        var state = new InstrumentState(plan);
        var firstSeen = new int[plan.Catalogue.Count];
        for (var minute = 1; minute <= tape.Length; minute++)
        {
            state.Commit(in tape[minute - 1], CandleSource.Exchange);
            var frame = state.Closed();
            for (var i = 0; i < frame.Length; i++)
                if (firstSeen[i] == 0 && !double.IsNaN(frame[i])) firstSeen[i] = minute;
        }

        for (var i = 0; i < firstSeen.Length; i++)
        {
            var metric = plan.Catalogue.Metrics[i];
            Assert.Equal(CryptoScreener.Contracts.Catalogue.MetricDefinition.NameOf(metric.Function, metric.Arguments), metric.Name);
            if (metric.Unit == "rank" || metric.Function is "correlation" or "beta" or "taker_share" or "volume_ratio" or "vwap") continue;
            var bar = metric.Arguments.Count > 0 ? Timeframe.Parse(metric.Arguments[^1]).Minutes : 1;
            // The last bar of the warm-up need not be over: its forming state counts.
            Assert.InRange(firstSeen[i], metric.WarmUpMinutes - bar + 1, metric.WarmUpMinutes);
        }
    }

    private static string Refusal(params MetricDemand[] demands) =>
        Assert.Throws<ArgumentException>(() => CalculationPlan.Create(Timeframe.Default, demands)).Message;

    private static MetricDemand Demand(string name)
    {
        Assert.True(MetricDemand.TryParse(name, out var demand, out var objection), objection);
        return demand!;
    }
}
