using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine.Evaluation;

public sealed class CrossingTests
{
    [Fact]
    public void A_crossing_is_seen_though_a_metric_joined_the_catalogue_meanwhile()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price crosses_above 100"));
        Assert.Empty(evaluator.Closed(1, 99));
        var wider = new MetricCatalogue([TestCatalogue.Full.Metrics[0] with { Name = "somebody_elses" }, .. TestCatalogue.Full.Metrics]);
        Assert.Single(evaluator.Closed(2, 101, catalogue: wider));
    }

    [Fact]
    public void A_crossing_looks_back_at_the_last_closed_frame_and_not_at_a_live_one()
    {
        var crossing = RuleTexts.Definition("price crosses_above 100");
        var evaluator = new TestEvaluator(crossing);
        Assert.Empty(evaluator.Live(1, 99));
        Assert.Empty(evaluator.Live(1, 101));
        evaluator.Closed(1, 99);
        Assert.Single(evaluator.Live(2, 101));
    }
}
