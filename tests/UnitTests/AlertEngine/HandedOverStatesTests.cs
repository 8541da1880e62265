using CryptoScreener.AlertEngine.Evaluation;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

/// <summary>What an evaluator does that took over within a minute.</summary>
public sealed class HandedOverStatesTests
{
    [Fact]
    public void What_fired_within_a_minute_does_not_end_with_an_earlier_minutes_close()
    {
        var first = new TestEvaluator(RuleTexts.Definition("price > 100"));
        first.Closed(0, 99);
        first.Live(1, 99);
        var fired = Assert.Single(first.Live(2, 101));
        var second = Successor(first, RuleTexts.Definition("price > 100"));
        Assert.Empty(second.Closed(1, 99));
        Assert.Empty(second.Live(2, 102));
        Assert.Equal(fired.Id, Assert.Single(second.Live(3, 99)).Resolves);
    }

    [Fact]
    public void What_is_read_again_says_nothing_new()
    {
        var rule = RuleTexts.Definition("price > 100", new TriggerOptions { RearmSeconds = 300 });
        var first = new TestEvaluator(rule);
        first.Closed(0, 99);
        Assert.Single(first.Closed(1, 101));
        Assert.Empty(first.Live(2, 99)); // recovering
        var second = Successor(first, rule);
        Assert.Empty(second.Closed(0, 99));
        Assert.Empty(second.Closed(1, 101));
        second.Mark(1);
        Assert.Empty(second.Live(2, 101));
        Assert.Empty(second.Closed(2, 101));
    }

    private static TestEvaluator Successor(TestEvaluator first, RuleDefinition rule)
    {
        var second = new TestEvaluator(rule);
        second.Partition.Restore(SavedInstrumentJson.Read(SavedInstrumentJson.Write(first.Partition.Save())));
        return second;
    }
}
