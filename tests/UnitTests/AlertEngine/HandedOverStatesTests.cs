using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

/// <summary>What an evaluator does that took over within a minute.</summary>
public sealed class HandedOverStatesTests
{
    [Fact]
    public void What_fired_within_a_minute_does_not_end_with_an_earlier_minutes_close()
    {
        var first = new TestEvaluator(RuleTexts.Above);
        first.Closed(0, 99);
        first.Live(1, 99);
        var fired = Assert.Single(first.Live(2, 101));
        var second = first.Successor(RuleTexts.Above);
        Assert.Empty(second.Closed(1, 99));
        Assert.Empty(second.Live(2, 102));
        Assert.Equal(fired.Id, Assert.Single(second.Live(3, 99)).Resolves);
    }

    [Fact]
    public void What_should_last_and_began_within_a_minute_goes_on_through_an_earlier_minutes_close()
    {
        var rule = RuleTexts.Definition("price > 100 for 1m");
        var second = RoseInMinute2(rule).Successor(rule);
        Assert.Empty(second.Closed(1, 99));
        Assert.Empty(second.Closed(2, 101));
        Assert.Single(second.Live(3, 101));
    }

    [Fact]
    public void What_became_true_within_a_minute_is_not_over_because_an_earlier_minute_closes()
    {
        var rule = RuleTexts.Definition("price > 100", new TriggerOptions { Mode = TriggerMode.OnExit });
        var second = RoseInMinute2(rule).Successor(rule);
        Assert.Empty(second.Closed(1, 99));
        Assert.Empty(second.Live(2, 102));
        Assert.Single(second.Live(3, 99));
    }

    [Fact]
    public void What_should_last_and_began_after_a_minute_without_data_goes_on()
    {
        var rule = RuleTexts.Definition("price > 100 for 1m");
        var first = new TestEvaluator(rule);
        first.Closed(0, 99);
        first.Mark(1);
        Assert.Empty(first.Live(2, 101));
        var second = first.Successor(rule);
        Assert.Empty(second.Live(2, 101));
        Assert.True(second.Counted);
        Assert.Empty(second.Closed(2, 101));
        Assert.Single(second.Live(3, 101));
    }

    [Fact]
    public void Minutes_without_data_of_which_the_rules_were_not_told_yet_are_not_taken_for_told()
    {
        var rule = RuleTexts.Definition("price > 100 for 2m");
        var first = new TestEvaluator(rule);
        Assert.Empty(first.Closed(1, 101));
        var second = first.Successor(rule);
        second.Mark(2); // before any frame
        var third = second.Successor(rule);
        Assert.Empty(third.Closed(3, 101));
        Assert.Empty(third.Closed(4, 101));
        Assert.Single(third.Closed(5, 101));
    }

    [Fact]
    public void What_is_read_again_says_nothing_new()
    {
        var rule = RuleTexts.Definition("price > 100", new TriggerOptions { RearmSeconds = 300 });
        var first = new TestEvaluator(rule);
        first.Closed(0, 99);
        Assert.Single(first.Closed(1, 101));
        Assert.Empty(first.Live(2, 99)); // recovering
        var second = first.Successor(rule);
        Assert.Empty(second.Closed(0, 99));
        Assert.Empty(second.Closed(1, 101));
        second.Mark(1);
        Assert.Empty(second.Live(2, 101));
        Assert.Empty(second.Closed(2, 101));
    }

    private static TestEvaluator RoseInMinute2(RuleDefinition rule)
    {
        var evaluator = new TestEvaluator(rule);
        evaluator.Closed(0, 99);
        evaluator.Live(1, 99);
        Assert.Empty(evaluator.Live(2, 101));
        return evaluator;
    }
}
