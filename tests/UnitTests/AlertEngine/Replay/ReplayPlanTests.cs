using CryptoScreener.AlertEngine.Replay;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Storage.Replays;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine.Replay;

public sealed class ReplayPlanTests
{
    private const long From = 1_767_600_000_000;

    [Theory]
    [InlineData("change(5m) > nonsense", "nonsense")]
    [InlineData("rank(change(1h)) > 90", "rank_change(1h)")]
    [InlineData("correlation(60, 1h) < 0.2", "correlation(60,1h)")]
    [InlineData("rsi(14, 2h) < 30", "no bars of 2h")]
    [InlineData("change(2d) > 5", "A window of 2d")]
    public void What_cannot_be_replayed_is_told(string expression, string named)
    {
        var error = Assert.Throws<ReplayException>(() => ReplayPlan.Of(Request(From + 60_000, RuleTexts.Definition(expression))));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_without_rules_or_time_is_told()
    {
        Assert.Throws<ReplayException>(() => ReplayPlan.Of(Request(From + 60_000)));
        Assert.Throws<ReplayException>(() => ReplayPlan.Of(Request(From, RuleTexts.Definition("price > 1"))));
        Assert.Throws<ReplayException>(() => ReplayPlan.Of(Request(From + 61_000, RuleTexts.Definition("price > 1"))));
        Assert.Throws<ReplayException>(() => ReplayPlan.Of(Request(From + 60_000, RuleTexts.Definition("price > 1"), RuleTexts.Definition("price > 2"))));
    }

    [Fact]
    public void Rules_may_ask_for_metrics_that_no_calculator_has_and_leave_out_usual_parameters_beside_them()
    {
        var plan = ReplayPlan.Of(Request(From + 60_000, RuleTexts.Definition("rsi(7, 1h) < 30", id: "a"), RuleTexts.Definition("rsi(1h) < 30", id: "b")));
        Assert.Equal(["rsi(7,1h)", "rsi(14,1h)"], plan.Rules.Select(rule => rule.Metrics.Single().Name));
        Assert.All(plan.Rules, rule => Assert.True(rule.Metrics[0].Column >= 0));
    }

    [Fact]
    public void What_is_summed_up_since_midnight_is_read_from_the_midnight_before()
    {
        var plan = ReplayPlan.Of(Request(From + 60_000, RuleTexts.Definition("price > vwap(1m)")));
        Assert.InRange(plan.WarmUpMs, 86_400_000, long.MaxValue);
    }

    [Fact]
    public void Only_rules_of_bar_closes_are_exact()
    {
        Assert.All(Enum.GetValues<TriggerMode>(), mode => Assert.Equal(
            mode != TriggerMode.OncePerBarClose, ReplayPlan.IsApproximate(RuleTexts.Definition("price > 1", new TriggerOptions { Mode = mode }))));
    }

    private static ReplayRequest Request(long to, params IReadOnlyList<RuleDefinition> rules) => new() { Rules = rules, From = From, To = to };
}
