using CryptoScreener.AlertEngine.Evaluation;
using CryptoScreener.Rules.Triggers;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class SavedPhasesTests
{
    private readonly TestEvaluator _evaluator = new(
        RuleTexts.Definition("price > 100", id: "above"), RuleTexts.Definition("price > 100 for 5m", id: "lasting"), RuleTexts.Definition("price > 200", id: "far"));

    [Fact]
    public void Rules_that_are_not_at_rest_are_there_with_their_phase()
    {
        _evaluator.Closed(1, 101);
        Assert.Equal([("above", TriggerPhase.Firing), ("lasting", TriggerPhase.Pending)], Phases());

        _evaluator.Mark(2); // no frame: no data
        Assert.Equal([("above", TriggerPhase.NoData), ("lasting", TriggerPhase.NoData)], Phases());

        _evaluator.Closed(3, 99);
        Assert.Empty(Phases());
    }

    [Fact]
    public void So_many_that_nobody_would_read_them_are_not_kept_and_it_is_said()
    {
        _evaluator.Closed(1, 101);
        var states = _evaluator.Partition.Save();
        Assert.True(SavedPhases.Of(states, most: 2).Complete);
        var some = SavedPhases.Of(states, most: 1);
        Assert.False(some.Complete);
        Assert.Single(some.Rules);
    }

    private IEnumerable<(string Rule, TriggerPhase Phase)> Phases() => SavedPhases.Of(_evaluator.Partition.Save()).Rules
        .OrderBy(rule => rule.Key, StringComparer.Ordinal)
        .Select(rule => (rule.Key, (TriggerPhase)Assert.Single(rule.Value).Phase));
}
