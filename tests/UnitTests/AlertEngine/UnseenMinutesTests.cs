using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

/// <summary>What should last, and what should be over for a while, is not timed through minutes that nobody saw.</summary>
public sealed class UnseenMinutesTests
{
    private static readonly RuleDefinition Lasting = RuleTexts.Definition("price > 100 for 2m");
    private static readonly RuleDefinition Rearming = RuleTexts.Definition("price > 100", new TriggerOptions { RearmSeconds = 120 });

    [Fact]
    public void Live_news_from_behind_minutes_that_were_not_seen_waits_until_they_are_over()
    {
        var evaluator = new TestEvaluator(Lasting);
        Assert.Empty(evaluator.Closed(1, 101));
        Assert.Empty(evaluator.Live(5, 101)); // the engine was away
        Assert.False(evaluator.Counted);
        Assert.Empty(evaluator.Closed(2, 101));
        Assert.Single(evaluator.Closed(3, 101)); // which the stream had kept
    }

    [Fact]
    public void Live_news_from_behind_one_minute_that_was_not_seen_waits_too()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100 for 1m"));
        Assert.Empty(evaluator.Closed(1, 101));
        Assert.Empty(evaluator.Live(3, 101));
        Assert.False(evaluator.Counted);
        Assert.Empty(evaluator.Closed(2, 99));
        Assert.Empty(evaluator.Live(3, 101));
        Assert.True(evaluator.Counted);
    }

    [Fact]
    public void Live_news_of_the_next_minute_does_not_wait_for_the_close_of_one_that_was_seen()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Closed(1, 99);
        evaluator.Live(2, 99);
        Assert.Single(evaluator.Live(3, 101));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the mark is heard before any frame
    public void After_a_restart_what_should_last_begins_anew(bool isMarkFirst)
    {
        var evaluator = After(1, 101, Lasting);
        if (isMarkFirst) evaluator.Mark(30);
        Assert.Empty(evaluator.Closed(31, 101));
        Assert.Empty(evaluator.Closed(32, 101));
        Assert.Single(evaluator.Closed(33, 101));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_a_restart_what_should_be_over_for_a_while_begins_anew(bool isMarkFirst)
    {
        var first = new TestEvaluator(Rearming);
        Assert.Single(first.Closed(0, 101));
        Assert.Empty(first.Closed(1, 99)); // recovering
        var evaluator = first.Successor(Rearming);
        if (isMarkFirst) evaluator.Mark(30);
        Assert.Empty(evaluator.Closed(31, 99));
        Assert.Empty(evaluator.Closed(32, 99));
        Assert.Equal(AlertState.Resolved, Assert.Single(evaluator.Closed(33, 99)).State);
    }

    [Fact]
    public void A_restart_without_a_hole_begins_nothing_anew()
    {
        var evaluator = After(1, 101, Lasting);
        Assert.Empty(evaluator.Closed(2, 101));
        Assert.Single(evaluator.Closed(3, 101));
    }

    [Fact]
    public void Bars_that_closed_unseen_count_for_nothing_and_minutes_within_a_bar_are_nothing_to_a_bars_close()
    {
        var atClose = RuleTexts.Definition("price > 100 for 10m", new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "5m" });
        var whole = new TestEvaluator(atClose);
        Assert.Empty(whole.Closed(4, 101)); // the bars close with minutes 4, 9, 14
        Assert.Empty(whole.Closed(9, 101)); // a hole, but no bar closed in it
        Assert.Single(whole.Closed(14, 101));

        var holed = new TestEvaluator(atClose);
        Assert.Empty(holed.Closed(4, 101));
        Assert.Empty(holed.Closed(11, 101)); // the bar of minute 9 closed in the hole
        Assert.Empty(holed.Closed(14, 101));
        Assert.Empty(holed.Closed(19, 101));
        Assert.Single(holed.Closed(24, 101));
    }

    private static TestEvaluator After(int minute, double price, RuleDefinition rule)
    {
        var first = new TestEvaluator(rule);
        Assert.Empty(first.Closed(minute, price));
        return first.Successor(rule);
    }
}
