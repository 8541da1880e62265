using CryptoScreener.AlertEngine;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Storage.Silences;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class SuppressionTests
{
    private static readonly RuleDefinition Above = RuleTexts.Definition("price > 100") with { Id = "above", Severity = AlertSeverity.Info };
    private static readonly RuleDefinition High = RuleTexts.Definition("price > 110") with { Id = "high", Severity = AlertSeverity.Critical };
    private static readonly EngineOptions Inhibiting = new() { InhibitionSeconds = 120 };

    [Fact]
    public void An_alert_in_a_silence_says_so_and_one_after_it_is_delivered()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Silenced(Silence(4, 1, 3));
        Assert.Equal(new AlertSuppression(SuppressionReason.Silence, "4"), Assert.Single(evaluator.Live(2, 101)).Suppressed);
        evaluator.Live(3, 99);
        Assert.Null(Assert.Single(evaluator.Live(4, 101)).Suppressed);
    }

    [Fact]
    public void A_silence_is_held_against_event_time_however_late_the_frame_is_evaluated()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Silenced(Silence(1, 1, 3));
        evaluator.Wait(TimeSpan.FromMinutes(90));
        Assert.NotNull(Assert.Single(evaluator.Live(2, 101)).Suppressed);
    }

    [Fact]
    public void The_end_of_an_alert_shares_its_fate_whatever_is_silenced_by_then()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Silenced(Silence(1, 1, 2));
        var silenced = Assert.Single(evaluator.Live(1, 101));
        Assert.Equal(silenced.Suppressed, Assert.Single(evaluator.Live(5, 99)).Suppressed);

        evaluator.Silenced(Silence(2, 7, 9));
        Assert.Null(Assert.Single(evaluator.Live(6, 101)).Suppressed);
        Assert.Null(Assert.Single(evaluator.Live(8, 99)).Suppressed);
    }

    [Theory]
    [InlineData("above", "BTC*", "binance-futures", AlertSeverity.Info, true)]
    [InlineData("above", null, null, null, true)]
    [InlineData(null, "?TCUSDT", null, null, true)]
    [InlineData("other", null, null, null, false)]
    [InlineData("above", "ETH*", null, null, false)]
    [InlineData(null, null, "okx-swap", null, false)]
    [InlineData(null, null, "binance-futures", AlertSeverity.Critical, false)]
    public void A_silence_covers_what_matches_all_its_matchers(string? rule, string? symbol, string? exchange, AlertSeverity? severity, bool covers)
    {
        var evaluator = new TestEvaluator(Above);
        var matchers = new SilenceMatchers { RuleId = rule, Symbol = symbol, Exchange = exchange, Severity = severity };
        evaluator.Silenced(Silence(1, 0, 9) with { Matchers = matchers });
        Assert.Equal(covers, Assert.Single(evaluator.Live(1, 101)).Suppressed is not null);
    }

    [Theory]
    [InlineData(null, "alice", true)] // the operator's covers everybody's
    [InlineData("alice", "alice", true)]
    [InlineData("alice", "bob", false)]
    [InlineData("alice", null, false)] // nobody silences the built-in rules for all others
    public void A_silence_covers_its_owners_alerts(string? silence, string? rule, bool covers)
    {
        var evaluator = new TestEvaluator(Above with { Owner = rule });
        evaluator.Silenced(Silence(1, 0, 9) with { Owner = silence });
        Assert.Equal(covers, Assert.Single(evaluator.Live(1, 101)).Suppressed is not null);
    }

    [Fact]
    public void A_critical_alert_inhibits_lesser_ones_of_its_instrument_for_a_while_also_on_its_own_frame()
    {
        var evaluator = new TestEvaluator(Inhibiting, Above, High);
        var both = evaluator.Live(1, 120);
        Assert.Equal(["high", "above"], both.Select(a => a.RuleId));
        Assert.Equal([null, new AlertSuppression(SuppressionReason.Inhibition, both[0].Id)], both.Select(a => a.Suppressed));

        evaluator.Live(1, 99);
        Assert.Equal(both[1].Suppressed, Assert.Single(evaluator.Live(2, 105)).Suppressed);
        evaluator.Live(2, 99);
        Assert.Null(Assert.Single(evaluator.Live(3, 105)).Suppressed);
    }

    [Fact]
    public void Nothing_is_inhibited_for_other_owners_nor_by_a_critical_alert_that_was_silenced_itself()
    {
        var others = new TestEvaluator(Inhibiting, Above with { Owner = "bob" }, High with { Owner = "alice" });
        Assert.All(others.Live(1, 120), alert => Assert.Null(alert.Suppressed));

        var silenced = new TestEvaluator(Inhibiting, Above, High);
        silenced.Silenced(Silence(1, 0, 9) with { Matchers = new SilenceMatchers { RuleId = "high" } });
        Assert.Null(silenced.Live(1, 120).Single(alert => alert.RuleId == "above").Suppressed);
        Assert.All(new TestEvaluator(Above, High).Live(1, 120), alert => Assert.Null(alert.Suppressed));
    }

    [Fact]
    public void A_restart_decides_no_differently()
    {
        var before = new TestEvaluator(Inhibiting, Above, High);
        var inhibited = before.Closed(1, 120).Single(alert => alert.RuleId == "above");
        var after = new TestEvaluator(Inhibiting, Above, High);
        after.Partition.Restore(before.Partition.Save());
        var ended = after.Live(2, 99);
        Assert.Equal(inhibited.Suppressed, ended.Single(alert => alert.RuleId == "above").Suppressed);
        Assert.Null(ended.Single(alert => alert.RuleId == "high").Suppressed);
        Assert.Equal(inhibited.Suppressed, Assert.Single(after.Closed(2, 105)).Suppressed);
    }

    [Fact]
    public void Alerts_of_one_rule_in_one_minute_share_their_group()
    {
        var evaluator = new TestEvaluator(Above, High);
        var groups = evaluator.Live(1, 120).ToDictionary(alert => alert.RuleId, alert => alert.Group);
        Assert.Equal($"above:{TestEvaluator.Minute(1)}", groups["above"]);
        Assert.Equal($"high:{TestEvaluator.Minute(1)}", groups["high"]);
    }

    private static Silence Silence(long id, int from, int until) => new()
    {
        Id = id,
        Matchers = new SilenceMatchers { Exchange = "binance-futures" },
        StartsAt = TestEvaluator.Minute(from),
        EndsAt = TestEvaluator.Minute(until),
    };
}
