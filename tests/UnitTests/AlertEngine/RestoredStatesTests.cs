using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class RestoredStatesTests
{
    [Fact]
    public void What_was_restored_is_saved_again_also_before_the_instruments_first_frame()
    {
        var first = new TestEvaluator(RuleTexts.Above);
        first.Closed(1, 101);
        var second = first.Successor(RuleTexts.Above);
        var third = second.Successor(RuleTexts.Above);
        Assert.Empty(third.Live(2, 101));
    }

    [Fact]
    public void A_crossing_is_seen_by_the_first_frame_after_a_restart()
    {
        var crossing = RuleTexts.Definition("price crosses_above 100");
        var first = new TestEvaluator(crossing);
        first.Closed(1, 99);
        Assert.Single(first.Successor(crossing).Live(2, 101));
    }

    [Fact]
    public void A_restart_at_any_minute_changes_no_alert()
    {
        const int seed = 77;
        var random = new Random(seed);
        RuleDefinition[] rules =
        [
            RuleTexts.Above,
            RuleTexts.Definition("price > 100 for 2m", id: "lasting"),
            RuleTexts.Definition("price crosses_below 100", id: "crossing"),
            RuleTexts.Definition("price > 101", id: "bar", trigger: new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "3m" }),
        ];
        var whole = new TestEvaluator(rules);
        var broken = new TestEvaluator(rules);
        for (var minute = 1; minute <= 400; minute++)
        {
            var price = random.Next(97, 105);
            Assert.True(
                whole.Closed(minute, price).Select(alert => alert.Id).Order().SequenceEqual(broken.Closed(minute, price).Select(alert => alert.Id).Order()),
                $"seed {seed}, minute {minute}");
            if (random.Next(3) == 0) broken = broken.Successor(rules);
        }
    }
}
