using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine.Evaluation;

/// <summary>Minutes of which an instrument has no closed frame.</summary>
public sealed class MissingMinuteTests
{
    [Fact]
    public void A_minute_without_a_closed_frame_neither_ends_nor_repeats_a_firing()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        var fired = Assert.Single(evaluator.Closed(1, 101));
        evaluator.Mark(1);
        evaluator.Mark(2);
        Assert.Empty(evaluator.Closed(3, 101));
        Assert.Equal(fired.Id, Assert.Single(evaluator.Closed(4, 99)).Resolves);
    }

    [Fact]
    public void What_should_last_begins_anew_after_a_minute_without_data()
    {
        var lasting = RuleTexts.Definition("price > 100 for 2m");
        var seen = new TestEvaluator(lasting);
        Assert.Empty(seen.Closed(1, 101));
        Assert.Empty(seen.Closed(2, 101));
        Assert.Single(seen.Closed(3, 101));

        var unseen = new TestEvaluator(lasting);
        Assert.Empty(unseen.Closed(1, 101));
        unseen.Mark(2);
        Assert.Empty(unseen.Closed(3, 101));
        Assert.Empty(unseen.Closed(4, 101));
        Assert.Single(unseen.Closed(5, 101));
    }

    [Fact]
    public void What_should_last_begins_anew_after_minutes_that_nobody_marked()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100 for 2m"));
        Assert.Empty(evaluator.Closed(1, 101));
        Assert.Empty(evaluator.Closed(31, 101)); // the whole pipeline was away
        Assert.Empty(evaluator.Closed(32, 101));
        Assert.Single(evaluator.Closed(33, 101));
    }

    [Fact]
    public void Instruments_without_data_are_counted_until_they_are_seen_again_or_gone_for_good()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Closed(1, 99);
        Assert.Equal([0, 1, 1], new[] { evaluator.Mark(1), evaluator.Mark(2), evaluator.Mark(3) });
        evaluator.Closed(4, 99);
        Assert.Equal(0, evaluator.Mark(4));
        Assert.Equal(0, evaluator.Mark(4 + (24 * 60)));
    }
}
