using System.Text.Json;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Language;

namespace CryptoScreener.UnitTests.Rules.Compilation;

public sealed class RuleCompilerTests
{
    [Theory]
    [InlineData("rsy(14, 1h) < 30", RuleErrorCode.UnknownName, 0, "rsi")]
    [InlineData("prise > 5", RuleErrorCode.UnknownName, 0, "price")]
    [InlineData("rsi < 30", RuleErrorCode.Arguments, 0, "rsi(14,1m)")]
    [InlineData("rsi(1h, 14) < 30", RuleErrorCode.Arguments, 0, "rsi(14,1m)")]
    [InlineData("zscore(volum, 5m) > 3", RuleErrorCode.UnknownName, 0, null)]
    [InlineData("ema(1h) > 3", RuleErrorCode.Arguments, 0, "ema(9,1h)")]
    [InlineData("price > 5m", RuleErrorCode.Type, 8, "5M (million)")]
    [InlineData("price", RuleErrorCode.Type, 0, null)]
    [InlineData("price > 1 and rsi(14, 1h)", RuleErrorCode.Type, 14, null)]
    [InlineData("(price > 1) > 2", RuleErrorCode.Type, 1, null)]
    [InlineData("1 > 2", RuleErrorCode.Meaningless, 0, null)]
    [InlineData("price within 5 to 4", RuleErrorCode.Meaningless, 0, null)]
    [InlineData("previous(previous(price)) > 1", RuleErrorCode.Meaningless, 9, null)]
    [InlineData("abs(price, 1) > 1", RuleErrorCode.Arguments, 0, null)]
    [InlineData("rsi(7 + 7, 1h) > 1", RuleErrorCode.Arguments, 4, null)]
    [InlineData("price(1h) > 1", RuleErrorCode.Arguments, 0, "price")]
    [InlineData("price < 1 / 0", RuleErrorCode.Meaningless, 8, null)]
    [InlineData("price > 2 * (3 / (4 - 4))", RuleErrorCode.Meaningless, 13, null)]
    [InlineData("change since 0 > 1", RuleErrorCode.Meaningless, 0, null)]
    public void A_wrong_expression_is_refused_with_its_place_and_the_likely_fix(string text, RuleErrorCode code, int position, string? suggestion)
    {
        var compilation = RuleCompiler.Compile(RuleTexts.Definition(text), TestCatalogue.Full);
        Assert.Null(compilation.Result);
        var error = Assert.Single(compilation.Errors);
        Assert.Equal((code, position, suggestion), (error.Code, error.Position, error.Suggestion));
    }

    [Fact]
    public void What_would_grow_without_bounds_when_compiled_is_refused()
    {
        var nested = string.Concat(Enumerable.Repeat("change since ", LanguageLimits.Depth - 5)) + "price > 1";
        var error = Assert.Single(RuleCompiler.CompileFilter(nested, TestCatalogue.Full).Errors);
        Assert.Equal(RuleErrorCode.Limit, error.Code);
    }

    [Theory]
    [InlineData("change(5m) within 1 of 5%", 5.5)]
    [InlineData("CHANGE(5m) within 1 of 5", 4.5)]
    public void Near_a_percentage_of_what_is_counted_in_percent_is_near_that_many(string text, double change) =>
        Assert.Equal(Truth.True, RuleCompiler.CompileFilter(text, TestCatalogue.Full).Result!.Evaluate(TestCatalogue.Frame(("change(5m)", change))));

    [Fact]
    public void Names_are_read_in_any_case() => Assert.Empty(RuleCompiler.CompileFilter("Change Since 100 > 1", TestCatalogue.Full).Errors);

    [Theory]
    [InlineData("price", "price")]
    [InlineData(" Change( 1h ) ", "change(1h)")]
    [InlineData("rsi(1h)", "rsi(14,1h)")]
    [InlineData("rsi(7,1h)", "rsi(7,1h)")] // nobody calculates it yet
    public void A_metric_alone_is_found_in_any_spelling(string text, string name)
    {
        var (metric, errors) = RuleCompiler.CompileMetric(text, TestCatalogue.Full);
        Assert.Empty(errors);
        Assert.Equal(new RuleMetric(name, TestCatalogue.Full.ColumnOf(name)), metric);
    }

    [Theory]
    [InlineData("price + 1")]
    [InlineData("-price")]
    [InlineData("abs(price)")]
    [InlineData("previous(price)")]
    [InlineData("5")]
    [InlineData("price > 1")]
    [InlineData("not price")]
    [InlineData("price for 5m")]
    [InlineData("prise")]
    [InlineData("price and")]
    [InlineData("")]
    public void What_is_more_or_less_than_a_metric_is_refused(string text)
    {
        var (metric, errors) = RuleCompiler.CompileMetric(text, TestCatalogue.Full);
        Assert.Null(metric);
        Assert.Single(errors);
    }

    [Fact]
    public void All_wrong_names_are_reported_at_once()
    {
        var compilation = RuleCompiler.CompileFilter("prise > 1 and rsy(14, 1h) < 30", TestCatalogue.Full);
        Assert.Equal([0, 14], compilation.Errors.Select(e => e.Position));
    }

    [Fact]
    public void A_wrong_name_in_a_crossing_is_reported_once() =>
        Assert.Single(RuleCompiler.CompileFilter("prise crosses 5", TestCatalogue.Full).Errors);

    [Theory]
    [InlineData("2026-01-05T10:00:00Z")]
    [InlineData("2026-01-05T12:00:00+02:00")]
    [InlineData("2026-01-05T10:00:00")]
    public void An_expiry_is_a_moment_whatever_its_zone_and_utc_without_one(string text)
    {
        var trigger = JsonSerializer.Deserialize<TriggerOptions>($$"""{"ExpiresAt":"{{text}}"}""")!;
        var plan = RuleTexts.Compile(RuleTexts.Definition("price > 1", trigger)).Trigger;
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), plan.ExpiresAt);
    }

    [Fact]
    public void Metrics_are_listed_once_in_their_one_spelling_with_their_columns()
    {
        var rule = RuleTexts.Compile("RSI( 14 , 60m ) < 30 and Price > 1 and rsi(1h) > 10 and correlation(24h) < 0.5");
        Assert.Equal(["rsi(14,1h)", "price", "correlation(60,1d)"], rule.Metrics.Select(m => m.Name));
        Assert.All(rule.Metrics, m => Assert.Equal(TestCatalogue.ColumnOf(m.Name), m.Column));
    }

    [Theory]
    [InlineData("rsi(7, 1h) < 30", "rsi(7,1h)")]
    [InlineData("change(90m) > 1", "change(90m)")]
    [InlineData("rank(change(2h)) <= 10", "rank_change(2h)")]
    [InlineData("zscore(volume, 2h) > 3", "zscore_volume(20,2h)")]
    [InlineData("ema(10, 1h) > 3", "ema(10,1h)")]
    public void Other_parameters_of_a_known_function_are_demanded_and_unknown_until_then(string text, string demanded)
    {
        var compilation = RuleCompiler.Compile(RuleTexts.Definition(text), TestCatalogue.Full);
        Assert.Equal(demanded, Assert.Single(compilation.Demanded));
        Assert.NotNull(compilation.Result);
        Assert.Equal(Truth.Unknown, compilation.Result.Evaluate(new double[TestCatalogue.Full.Count]));
    }

    [Theory]
    [InlineData("rank(change(1h)) > 90", "rank_change(1h)")]
    [InlineData("zscore(volume, 5m) > 3", "zscore_volume(20,5m)")]
    [InlineData("rsi(1h) < 30", "rsi(14,1h)")]
    [InlineData("macd(4h) > 0", "macd(12,26,9,4h)")]
    [InlineData("roc(5m) > 1", "roc(5m)")]
    [InlineData("roc(12, 5m) > 1", "roc(12,5m)")]
    public void What_people_say_finds_the_metric_of_the_calculators(string text, string metric)
    {
        var compilation = RuleCompiler.CompileFilter(text, CalculationPlan.Create().Catalogue);
        Assert.Equal(metric, Assert.Single(compilation.Result!.Metrics).Name);
        Assert.Empty(compilation.Demanded);
    }

    [Fact]
    public void A_metric_of_the_catalogue_is_not_demanded() =>
        Assert.Empty(RuleCompiler.Compile(RuleTexts.Definition("rsi(14, 1h) < 30"), TestCatalogue.Full).Demanded);

    [Fact]
    public void Wrong_settings_are_named_by_their_field()
    {
        var trigger = new TriggerOptions { Bar = "5x", HoldSeconds = -1, Mode = TriggerMode.Every, EverySeconds = 0, ActiveFrom = new TimeOnly(8, 0) };
        var compilation = RuleCompiler.Compile(RuleTexts.Definition("price > 1", trigger, id: "a.b"), TestCatalogue.Full);
        Assert.Equal(
            ["id", "trigger.active_from", "trigger.bar", "trigger.every_seconds", "trigger.hold_seconds"],
            compilation.Errors.Select(e => e.Field).Order());
    }

    [Fact]
    public void The_longer_of_for_and_the_hold_option_counts()
    {
        Assert.Equal(300_000, RuleTexts.Compile("price > 1 for 5m").Trigger.Hold);
        Assert.Equal(600_000, RuleTexts.Compile(RuleTexts.Definition("price > 1 for 5m", new TriggerOptions { HoldSeconds = 600 })).Trigger.Hold);
    }

    [Fact]
    public void A_filter_refuses_for() =>
        Assert.Equal(RuleErrorCode.Meaningless, Assert.Single(RuleCompiler.CompileFilter("price > 1 for 5m", TestCatalogue.Full).Errors).Code);

    [Fact]
    public void The_least_volume_of_the_universe_is_one_more_condition()
    {
        var rule = RuleTexts.Compile(RuleTexts.Definition("price > 1", universe: new RuleUniverse { MinDailyVolume = 1_000 }));
        Assert.Equal(Truth.False, rule.Evaluate(TestCatalogue.Frame(("price", 2), ("volume(1d)", 999))));
        Assert.Equal(Truth.True, rule.Evaluate(TestCatalogue.Frame(("price", 2), ("volume(1d)", 1_000))));
    }
}
