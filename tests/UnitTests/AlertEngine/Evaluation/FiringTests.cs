using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine.Evaluation;

/// <summary>What becomes of a condition that is true, and what its alert tells.</summary>
public sealed class FiringTests
{
    [Fact]
    public void A_condition_that_becomes_true_fires_once_and_its_end_names_the_firing()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        Assert.Empty(evaluator.Live(0, 99));
        var fired = Assert.Single(evaluator.Live(1, 101));
        Assert.Empty(evaluator.Live(2, 102));
        var resolved = Assert.Single(evaluator.Live(3, 99));

        Assert.Equal((AlertState.Fired, AlertState.Resolved), (fired.State, resolved.State));
        Assert.Equal(fired.Id, resolved.Resolves);
        Assert.NotEqual(fired.Id, resolved.Id);
        Assert.Equal(AlertId.Of("r1", 1, TestEvaluator.Bitcoin, fired.TriggerKey), fired.Id);
    }

    [Fact]
    public void An_alert_tells_event_time_price_and_the_metrics_its_rule_looked_at()
    {
        var fired = Assert.Single(new TestEvaluator(RuleTexts.Above).Live(1, 101));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(TestEvaluator.Minute(1) + 30_000).UtcDateTime, fired.Timestamp);
        Assert.Equal(101, fired.Price);
        Assert.Equal([("price", 101.0)], fired.Metadata.Select(m => (m.Key, m.Value)));
        Assert.Equal(("BTCUSDT", "binance-futures", "r1", 7L), (fired.Symbol, fired.Exchange, fired.RuleId, fired.Epoch));
    }

    [Fact]
    public void A_replayed_frame_gives_the_same_alert()
    {
        var first = Assert.Single(new TestEvaluator(RuleTexts.Above).Live(1, 101));
        var replayed = new TestEvaluator(RuleTexts.Above);
        replayed.Wait(TimeSpan.FromMinutes(3));
        Assert.Equal(first.Id, Assert.Single(replayed.Live(1, 101)).Id);
    }

    [Fact]
    public void An_alert_found_long_after_its_event_is_late()
    {
        var evaluator = new TestEvaluator(RuleTexts.Above);
        evaluator.Wait(TimeSpan.FromMinutes(6));
        Assert.True(Assert.Single(evaluator.Live(0, 101)).Late);
        evaluator.Live(1, 99);
        Assert.False(Assert.Single(evaluator.Live(2, 101)).Late);
    }

    [Fact]
    public void Whoever_goes_on_after_a_crash_gives_a_firing_of_every_so_often_the_same_id()
    {
        var often = RuleTexts.Definition("price > 100", new TriggerOptions { Mode = TriggerMode.Every, EverySeconds = 7 });
        var first = Assert.Single(new TestEvaluator(often).Live(1, 101));
        var successor = new TestEvaluator(often);
        Assert.Equal(first.Id, Assert.Single(successor.Closed(1, 101)).Id);
        Assert.NotEqual(first.Id, Assert.Single(successor.Closed(2, 101)).Id);
    }

    [Fact]
    public void What_was_saved_goes_on_where_it_was()
    {
        var first = new TestEvaluator(RuleTexts.Above);
        var fired = Assert.Single(first.Closed(1, 101));
        var second = first.Successor(RuleTexts.Above);
        Assert.Empty(second.Closed(1, 101)); // evaluated before
        Assert.Empty(second.Live(2, 101));
        Assert.Equal(fired.Id, Assert.Single(second.Live(3, 99)).Resolves);
    }

    [Fact]
    public void More_firings_than_one_step_holds_all_come()
    {
        var rules = Enumerable.Range(0, 1_000).Select(i => RuleTexts.Definition($"price > {i / 100.0}", id: $"r{i}")).ToList();
        var fired = new TestEvaluator(rules).Live(1, 101);
        Assert.Equal(1_000, fired.Select(alert => alert.RuleId).Distinct().Count());
        Assert.Equal(1_000, fired.Count);
    }
}
