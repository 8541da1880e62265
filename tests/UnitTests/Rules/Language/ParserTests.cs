using CryptoScreener.Rules.Language;

namespace CryptoScreener.UnitTests.Rules.Language;

public sealed class ParserTests
{
    [Theory]
    [InlineData("a + b * c", "a + b * c")]
    [InlineData("(a + b) * c", "(a + b) * c")]
    [InlineData("a - (b - c)", "a - (b - c)")]
    [InlineData("((a) - b) - c", "a - b - c")]
    [InlineData("a>1 AND b<2 Or not c==3", "a > 1 and b < 2 or not c == 3")]
    [InlineData("a > 1 and (b > 2 or c > 3)", "a > 1 and (b > 2 or c > 3)")]
    [InlineData("price crosses_above 70_000", "price crosses_above 70000")]
    [InlineData("crosses_above( ema(9,5m) ,ema(21, 5m) )", "crosses_above(ema(9, 5m), ema(21, 5m))")]
    [InlineData("volume(1h) > 500K or volume(1h) < 1.5M or x > 2b", "volume(1h) > 500k or volume(1h) < 1.5M or x > 2B")]
    [InlineData("price within 2% of high(1d)", "price within 2% of high(1d)")]
    [InlineData("rsi(14,1h) within 30 to 40 for 5m", "rsi(14, 1h) within 30 to 40 for 5m")]
    [InlineData("change since low(1d) > 5%", "change since low(1d) > 5%")]
    [InlineData("-a * -(b + c) > - 1e3", "-a * -(b + c) > -1000")]
    [InlineData("a > 1 # above one\nand b > 2", "a > 1 and b > 2")]
    public void Reading_and_writing_gives_the_canonical_text(string text, string canonical)
    {
        var syntax = Parser.Parse(text);
        Assert.Equal(canonical, Printer.Print(syntax));
        Assert.Equal(syntax, Parser.Parse(canonical));
    }

    [Theory]
    [InlineData("", 0, "the expression ends here", "a number, a metric or '('", null)]
    [InlineData("rsi(14, 1h) <", 13, "the expression ends here", "a number, a metric or '('", null)]
    [InlineData("(a > 1", 6, "the expression ends here", "')'", null)]
    [InlineData("a = 1", 2, "'=' has no meaning here", null, "==")]
    [InlineData("a > 1 && b > 2", 6, "'&' has no meaning here", null, "and")]
    [InlineData("a > 1 adn b > 2", 6, "'adn' cannot stand here", "'and', 'or', 'for' or the end", "and")]
    [InlineData("1 < a < 5", 6, "comparisons cannot be chained", "'and'", "1 < a and a < …")]
    [InlineData("a > 1.5m", 4, "a duration is a whole number of units", null, "1.5M (million)")]
    [InlineData("a > 5x", 4, "'x' cannot follow a number", "k, M, B or % after a number; s, m, h or d after a whole one", null)]
    [InlineData("(a > 1 for 5m) and b > 1", 7, "'for' cannot stand here", "')': 'for' stands only at the end of the whole rule", null)]
    [InlineData("a > 1 for 8d", 10, "a condition can be held from 1s to 7d", null, null)]
    [InlineData("a > 1 for soon", 10, "'soon' cannot stand here", "a duration, for instance 5m", null)]
    [InlineData("a within 5", 10, "the expression ends here", "'to' and the upper end, or 'of' and the target: x within 1 to 2, x within 2% of y", null)]
    public void An_error_names_its_place_what_was_expected_and_the_likely_fix(
        string text, int position, string message, string? expected, string? suggestion)
    {
        var error = Assert.Throws<RuleErrorException>(() => Parser.Parse(text)).Error;
        Assert.Equal((position, message, expected, suggestion), (error.Position, error.Message, error.Expected, error.Suggestion));
    }

    [Fact]
    public void Too_long_too_many_or_too_deep_is_refused()
    {
        Assert.Equal(RuleErrorCode.Limit, CodeOf(new string(' ', LanguageLimits.Characters + 1)));
        Assert.Equal(RuleErrorCode.Limit, CodeOf("a" + string.Concat(Enumerable.Repeat("+1", LanguageLimits.Tokens / 2))));
        Assert.Equal(RuleErrorCode.Limit, CodeOf(new string('(', LanguageLimits.Depth + 1) + "a > 1"));
        Assert.Equal(RuleErrorCode.Limit, CodeOf(new string('-', LanguageLimits.Depth + 1) + "a > 1"));
    }

    [Fact]
    public void Just_within_the_limits_is_accepted() =>
        Parser.Parse(new string('(', LanguageLimits.Depth) + "a > 1" + new string(')', LanguageLimits.Depth));

    private static RuleErrorCode CodeOf(string text) => Assert.Throws<RuleErrorException>(() => Parser.Parse(text)).Error.Code;
}
