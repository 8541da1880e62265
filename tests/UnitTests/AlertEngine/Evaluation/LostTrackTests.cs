using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine.Evaluation;

/// <summary>After frames were lost nobody knows what happened meanwhile, and nothing is made up.</summary>
public sealed class LostTrackTests
{
    [Fact]
    public void After_a_gap_what_is_true_counts_as_known()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Partition.LoseTrack();
        Assert.Empty(evaluator.Closed(1, 101));
        Assert.Empty(evaluator.Closed(2, 102));
        Assert.Empty(evaluator.Live(3, 99));
        Assert.Single(evaluator.Live(4, 101));
    }

    [Fact]
    public void A_gap_begins_after_the_last_evaluated_minute_of_each_exchange()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        Assert.Empty(evaluator.Partition.LoseTrack());
        evaluator.Closed(3, 99);
        Assert.Equal([KeyValuePair.Create(TestEvaluator.Bitcoin.Exchange, TestEvaluator.Minute(3))], evaluator.Partition.LoseTrack());
    }

    [Fact]
    public void What_was_about_to_fire_before_a_gap_does_not_fire_after_it()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100 for 2m"));
        evaluator.Closed(1, 101);
        evaluator.Partition.LoseTrack();
        Assert.Empty(evaluator.Closed(9, 101));
        Assert.Empty(evaluator.Closed(12, 101));
    }
}
