using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class RefusedMetricsTests
{
    private static readonly CatalogueRules Rules = CatalogueRules.Empty(TestCatalogue.Full).With(
        [RuleTexts.Definition("price > 1", id: "fits"), RuleTexts.Definition("rsi(77, 1h) < 30 and price > 1", id: "waits"),
         RuleTexts.Definition("rsi(14, 2h) < 30 and ema(9, 2h) > 1", id: "hopes"), RuleTexts.Definition("no such thing", id: "broken")], []);

    [Fact]
    public void A_rule_whose_metrics_nobody_calculates_says_so_instead_of_waiting_for_ever()
    {
        var refused = new RefusedMetrics();
        refused.Replace([new Refusal("rsi(77,1h)"), new Refusal("rsi(14,2h)", "no bars of 2h"), new Refusal("ema(9,2h)", "no bars of 2h")]);
        var faults = RefusedMetrics.Faults(Rules, refused.Reasons);
        Assert.Equal(["broken", "hopes", "waits"], faults.Keys.Order());
        Assert.StartsWith("nobody calculates rsi(77,1h): rules look at 64 metrics", faults["waits"].Errors, StringComparison.Ordinal);
        Assert.Equal("nobody calculates rsi(14,2h), ema(9,2h): no bars of 2h", faults["hopes"].Errors);
        Assert.Equal(Rules.Faults["broken"], faults["broken"]);
    }

    [Fact]
    public void Where_there_is_room_again_it_is_no_fault_any_more() => Assert.Equal(["broken"], RefusedMetrics.Faults(Rules, new RefusedMetrics().Reasons).Keys);

    [Fact]
    public void The_same_refusal_is_no_news_and_another_reason_is()
    {
        var refused = new RefusedMetrics();
        refused.Replace([new Refusal("b"), new Refusal("a")]);
        var before = refused.Reasons;
        refused.Replace([new Refusal("a"), new Refusal("b")]);
        Assert.Same(before, refused.Reasons);
        refused.Replace([new Refusal("a", "no bars"), new Refusal("b")]);
        Assert.Equal("no bars", refused.Reasons["a"]);
        refused.Replace([]);
        Assert.Empty(refused.Reasons);
    }
}
