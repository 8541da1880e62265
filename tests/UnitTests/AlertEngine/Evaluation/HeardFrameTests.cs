using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine.Evaluation;

/// <summary>A closed frame that is heard before the stream has it counts early, where nothing can lie before it.</summary>
public sealed class HeardFrameTests
{
    [Fact]
    public void The_next_closed_minute_counts_as_soon_as_it_is_heard_and_its_copy_in_the_stream_not_again()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Closed(0, 99);
        Assert.Single(evaluator.Heard(1, 101));
        Assert.Empty(evaluator.Closed(1, 101));
        Assert.False(evaluator.Counted);
        Assert.Single(evaluator.Closed(2, 99));
    }

    [Fact]
    public void A_minute_that_is_heard_waits_for_the_stream_where_something_may_lie_before_it()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Heard(0, 99);
        Assert.False(evaluator.Counted); // nothing is known yet
        evaluator.Closed(0, 99);
        Assert.Empty(evaluator.Heard(2, 99));
        Assert.False(evaluator.Counted);
        Assert.Single(evaluator.Closed(1, 101));
        Assert.Single(evaluator.Closed(2, 99));
        evaluator.Partition.LoseTrack();
        evaluator.Heard(3, 101);
        Assert.False(evaluator.Counted); // nor how far the stream's loss reaches
    }

    [Fact]
    public void What_is_heard_of_a_deposed_calculator_does_not_count()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Closed(0, 99, epoch: 2);
        Assert.Empty(evaluator.Heard(1, 101, epoch: 1));
        Assert.False(evaluator.Counted);
        Assert.Single(evaluator.Heard(1, 102, epoch: 2));
    }

    [Fact]
    public void A_minute_that_a_mark_called_lost_is_not_passed_over_because_its_successor_is_heard()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Closed(1, 99);
        evaluator.Mark(2);
        evaluator.Heard(3, 99);
        Assert.False(evaluator.Counted);
        Assert.Single(evaluator.Closed(2, 101));
        Assert.Single(evaluator.Closed(3, 99));
    }

    [Fact]
    public void What_is_heard_of_a_successor_does_not_shut_out_what_the_stream_has_of_the_former_calculator()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Closed(0, 99, epoch: 1);
        evaluator.Heard(1, 99, epoch: 2);
        Assert.Single(evaluator.Closed(2, 101, epoch: 1));
    }
}
