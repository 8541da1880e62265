using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine.Evaluation;

/// <summary>Each closed minute counts once and in its order, beside live news of later ones.</summary>
public sealed class FrameOrderTests
{
    [Fact]
    public void A_closed_minute_is_evaluated_once_and_a_live_frame_of_it_not_any_more()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Closed(1, 99);
        Assert.True(evaluator.Counted);
        Assert.Empty(evaluator.Closed(1, 101));
        Assert.False(evaluator.Counted);
        Assert.Empty(evaluator.Live(1, 101));
        Assert.Empty(evaluator.Closed(0, 101));
        Assert.Single(evaluator.Live(2, 101));
    }

    [Fact]
    public void A_close_counts_though_live_news_of_later_minutes_was_heard_before_it()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100", new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "1m" }));
        Assert.Empty(evaluator.Live(3, 101));
        Assert.Single(evaluator.Closed(1, 101));
        Assert.Empty(evaluator.Live(3, 99));
        Assert.Single(evaluator.Closed(2, 101));
    }

    [Fact]
    public void What_is_true_now_does_not_end_with_an_earlier_minutes_close()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        Assert.Equal(AlertState.Fired, Assert.Single(evaluator.Live(2, 101)).State);
        Assert.Empty(evaluator.Closed(1, 99));
        Assert.Empty(evaluator.Live(2, 102));
        Assert.Equal(AlertState.Resolved, Assert.Single(evaluator.Live(3, 99)).State);
    }

    [Fact]
    public void What_ended_while_an_earlier_minute_closed_ends_with_the_next_frame()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        Assert.Equal(AlertState.Fired, Assert.Single(evaluator.Live(2, 101)).State);
        Assert.Empty(evaluator.Closed(1, 99));
        Assert.Equal(AlertState.Resolved, Assert.Single(evaluator.Live(2, 98)).State);
        Assert.Empty(evaluator.Closed(2, 98));
    }

    [Fact]
    public void Minutes_that_are_caught_up_with_beside_live_news_fire_and_end_like_any_other()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        Assert.Empty(evaluator.Closed(1, 99));
        Assert.Empty(evaluator.Live(2, 99));
        Assert.Empty(evaluator.Live(3, 99));
        Assert.Equal(AlertState.Fired, Assert.Single(evaluator.Closed(2, 101)).State);
        Assert.Equal(AlertState.Resolved, Assert.Single(evaluator.Closed(3, 99)).State);
        Assert.Empty(evaluator.Live(4, 99));
        Assert.Empty(evaluator.Live(5, 99));
        Assert.Equal(AlertState.Fired, Assert.Single(evaluator.Closed(4, 101)).State);
        Assert.Equal(AlertState.Resolved, Assert.Single(evaluator.Live(5, 99)).State);
    }

    [Fact]
    public void While_minutes_are_caught_up_with_live_news_is_passed_over()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Closed(1, 99);
        Assert.Empty(evaluator.Live(30, 101));
        Assert.False(evaluator.Counted);
        evaluator.Mark(29); // there was nothing to catch up with
        Assert.Single(evaluator.Live(30, 101));
    }
}
