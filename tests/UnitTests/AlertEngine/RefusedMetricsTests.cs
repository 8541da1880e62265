using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class RefusedMetricsTests
{
    private static readonly CatalogueRules Rules = CatalogueRules.Empty(TestCatalogue.Full).With(
        [RuleTexts.Definition("price > 1", id: "fits"), RuleTexts.Definition("rsi(77, 1h) < 30 and price > 1", id: "waits"), RuleTexts.Definition("no such thing", id: "broken")], []);

    [Fact]
    public void A_rule_whose_metric_nobody_calculates_says_so_instead_of_waiting_for_ever()
    {
        var metric = Assert.Single(Rules.ById["waits"].Metrics, metric => metric.Column < 0).Name;
        var faults = RefusedMetrics.Faults(Rules, new HashSet<string> { metric });
        Assert.Equal(["broken", "waits"], faults.Keys.Order());
        Assert.StartsWith($"nobody calculates {metric}: ", faults["waits"].Errors, StringComparison.Ordinal);
        Assert.Equal(Rules.Faults["broken"], faults["broken"]);
    }

    [Fact]
    public void Where_there_is_room_again_it_is_no_fault_any_more() => Assert.Equal(["broken"], RefusedMetrics.Faults(Rules, new HashSet<string>()).Keys);

    [Fact]
    public void The_same_refusal_is_no_news()
    {
        var refused = new RefusedMetrics();
        refused.Replace(["b", "a"]);
        var before = refused.Names;
        refused.Replace(["a", "b"]);
        Assert.Same(before, refused.Names);
        refused.Replace([]);
        Assert.Empty(refused.Names);
    }
}
