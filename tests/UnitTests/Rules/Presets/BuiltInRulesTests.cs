using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Presets;

namespace CryptoScreener.UnitTests.Rules.Presets;

public sealed class BuiltInRulesTests
{
    [Fact]
    public void The_ten_screener_rules_have_the_names_that_others_rely_on() => Assert.Equal(
        [
            "futures_15_big_bear", "futures_15_big_bull", "futures_5_big_bear", "futures_5_big_bull", "futures_big_bear_60",
            "futures_big_bull_60", "futures_bottom_hunter", "futures_pioneer_bear", "futures_pioneer_bull", "futures_top_hunter",
        ],
        BuiltInRules.Screener.Select(r => r.RuleType).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_built_in_rule_compiles_against_metrics_the_catalogue_has() => Assert.All(BuiltInRules.All, definition =>
    {
        var compilation = RuleCompiler.Compile(definition, TestCatalogue.Full);
        Assert.Empty(compilation.Errors);
        Assert.Empty(compilation.Demanded);
    });

    [Fact]
    public void The_big_ones_warn_and_the_others_inform() => Assert.All(
        BuiltInRules.Screener,
        r => Assert.Equal(r.Id.Contains("_big_", StringComparison.Ordinal) ? AlertSeverity.Warning : AlertSeverity.Info, r.Severity));

    [Fact]
    public void They_fire_on_entering_and_again_after_five_quiet_minutes() =>
        Assert.All(BuiltInRules.Screener, r => Assert.Equal((TriggerMode.OnEnter, 300), (r.Trigger.Mode, r.Trigger.RearmSeconds)));
}
