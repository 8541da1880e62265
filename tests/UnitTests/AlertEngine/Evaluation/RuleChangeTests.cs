using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine.Evaluation;

/// <summary>Rules that are new, changed, faulty, gone, or of another universe.</summary>
public sealed class RuleChangeTests
{
    [Fact]
    public void A_rule_in_a_new_version_begins_anew_and_an_unchanged_one_goes_on()
    {
        var other = RuleTexts.Definition("price > 50", id: "r2");
        var evaluator = new TestEvaluator(RuleTexts.Above, other);
        Assert.Equal(2, evaluator.Live(1, 101).Count);
        evaluator.Use(RuleTexts.Above with { Version = 2 }, other);
        Assert.Equal(("r1", 2), Names(Assert.Single(evaluator.Live(2, 101))));

        static (string, int) Names(AlertEvent alert) => (alert.RuleId, alert.RuleVersion);
    }

    [Fact]
    public void A_faulty_rule_stays_off_alone()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("no_such_metric > ", id: "faulty"), RuleTexts.Above);
        Assert.Equal("r1", Assert.Single(evaluator.Live(1, 101)).RuleId);
    }

    [Fact]
    public void A_new_version_that_cannot_run_leaves_the_one_before_in_force()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Live(0, 99);
        evaluator.Use(RuleTexts.Definition("no_such_metric > ") with { Version = 2 });
        Assert.Equal(1, Assert.Single(evaluator.Live(1, 101)).RuleVersion);
        evaluator.Use(RuleTexts.Above with { Version = 3 });
        Assert.Equal(3, Assert.Single(evaluator.Live(2, 101)).RuleVersion);
    }

    [Fact]
    public void A_rule_that_is_gone_is_silent()
    {
        var other = RuleTexts.Definition("price > 50", id: "r2");
        var evaluator = new TestEvaluator(RuleTexts.Above, other);
        evaluator.Use(other);
        Assert.Equal("r2", Assert.Single(evaluator.Live(1, 101)).RuleId);
    }

    [Fact]
    public void A_rule_looks_at_the_instruments_of_its_universe_only()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100", universe: new RuleUniverse { Exclude = ["BTC*"] }));
        Assert.Empty(evaluator.Live(1, 101));
    }

    [Fact]
    public void A_quote_asset_is_what_the_exchange_says_and_not_how_the_symbol_ends()
    {
        var evaluator = new TestEvaluator(RuleTexts.Definition("price > 100", universe: new RuleUniverse { QuoteAssets = ["USDT"] }));
        Assert.Empty(evaluator.Live(1, 101));
        evaluator.QuotedIn("USDC");
        Assert.Empty(evaluator.Live(2, 101));
        evaluator.QuotedIn("USDT");
        Assert.Single(evaluator.Live(3, 101));
    }
}
