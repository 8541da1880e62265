using CryptoScreener.Rules;

namespace CryptoScreener.UnitTests.Rules.Compilation;

public sealed class EvaluationTests
{
    private static readonly double[] Now = TestCatalogue.Frame(
        ("price", 100), ("open(1d)", 80), ("high(1d)", 101), ("change(5m)", 2), ("taker_share(5m)", 0.6), ("volume(5m)", 500_000),
        ("ema(9,5m)", 11), ("ema(21,5m)", 10), ("volume(15m)", 0));

    private static readonly double[] Before = TestCatalogue.Frame(("price", 90), ("ema(9,5m)", 10), ("ema(21,5m)", 10));

    [Theory]
    [InlineData("price > 100", Truth.False)]
    [InlineData("price >= 100", Truth.True)]
    [InlineData("price <= 100", Truth.True)]
    [InlineData("price < 100", Truth.False)]
    [InlineData("price == 100", Truth.True)]
    [InlineData("price != 100", Truth.False)]
    [InlineData("not price != 100", Truth.True)]
    [InlineData("99 < price and 101 > price", Truth.True)]
    [InlineData("2 + 3 * 4 - 6 / 2 == price - 89", Truth.True)]
    [InlineData("-(price - 50) < -49", Truth.True)]
    [InlineData("abs(open(1d) - price) == 20", Truth.True)]
    [InlineData("min(price, open(1d), 90) == 80 and max(price, 5) == 100", Truth.True)]
    [InlineData("volume(5m) == 500k and volume(5m) < 0.5M + 1 and volume(5m) < 1B", Truth.True)]
    [InlineData("change(5m) >= 2%", Truth.True)]
    [InlineData("2% <= change(5m)", Truth.True)]
    [InlineData("taker_share(5m) > 59%", Truth.True)]
    [InlineData("price > high(1d) * 99%", Truth.True)]
    [InlineData("price within 1% of high(1d)", Truth.True)]
    [InlineData("price within 0.9% of high(1d)", Truth.False)]
    [InlineData("price within 1 of high(1d)", Truth.True)]
    [InlineData("price within 100 to 200", Truth.True)]
    [InlineData("price within 100.5 to 200", Truth.False)]
    [InlineData("not price within 100.5 to 200", Truth.True)]
    [InlineData("change since open(1d) == 25", Truth.True)]
    [InlineData("change since open(1d) > 24%", Truth.True)]
    [InlineData("previous(price) == 90", Truth.True)]
    [InlineData("price - previous(price) == 10", Truth.True)]
    [InlineData("price crosses_above 95", Truth.True)]
    [InlineData("price crosses_above 90", Truth.True)]
    [InlineData("price crosses_above 100", Truth.False)]
    [InlineData("price crosses_below 95", Truth.False)]
    [InlineData("price crosses 95", Truth.True)]
    [InlineData("95 crosses_below price", Truth.True)]
    [InlineData("crosses_above(ema(9, 5m), ema(21, 5m))", Truth.True)]
    [InlineData("not crosses_above(ema(9, 5m), ema(21, 5m))", Truth.False)]
    public void A_condition_is_what_it_says(string text, Truth expected) =>
        Assert.Equal(expected, RuleTexts.Compile(text).Evaluate(Now, Before));

    [Theory]
    [InlineData("rsi(14, 1h) < 30", Truth.Unknown)]
    [InlineData("not rsi(14, 1h) < 30", Truth.Unknown)]
    [InlineData("rsi(14, 1h) < 30 and price > 1", Truth.Unknown)]
    [InlineData("rsi(14, 1h) < 30 and price < 1", Truth.False)]
    [InlineData("rsi(14, 1h) < 30 or price > 1", Truth.True)]
    [InlineData("rsi(14, 1h) < 30 or price < 1", Truth.Unknown)]
    [InlineData("rsi(14, 1h) == rsi(14, 1h)", Truth.Unknown)]
    [InlineData("rsi(14, 1h) != 5", Truth.Unknown)]
    [InlineData("min(price, rsi(14, 1h)) < 1000", Truth.Unknown)]
    [InlineData("price / volume(15m) > 1", Truth.Unknown)]
    [InlineData("rsi(14, 1h) crosses_above 30", Truth.Unknown)]
    public void Unknown_is_neither_true_nor_false(string text, Truth expected) =>
        Assert.Equal(expected, RuleTexts.Compile(text).Evaluate(Now, Before));

    [Fact]
    public void Without_a_previous_frame_a_crossing_is_unknown_unless_it_cannot_be()
    {
        Assert.Equal(Truth.Unknown, RuleTexts.Compile("price crosses_above 95").Evaluate(Now));
        Assert.Equal(Truth.False, RuleTexts.Compile("price crosses_above 105").Evaluate(Now));
    }

    [Fact]
    public void Evaluation_allocates_nothing()
    {
        var rule = RuleTexts.Compile("price > 1 and (rsi(14, 1h) < 30 or ema(9, 5m) crosses_above ema(21, 5m)) and 3 * change(5m) > change(15m)");
        rule.Evaluate(Now, Before);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) rule.Evaluate(Now, Before);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
