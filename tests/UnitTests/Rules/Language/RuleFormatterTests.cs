using CryptoScreener.Rules.Language;

namespace CryptoScreener.UnitTests.Rules.Language;

public sealed class RuleFormatterTests
{
    [Theory]
    [InlineData("  price>1   AND\tnot(a<-2)", "price > 1 and not (a < -2)")]
    [InlineData("ema( 9,5m )-  - 3*x>500K", "ema(9, 5m) - -3 * x > 500k")]
    [InlineData("crosses_above (a,b) or a Crosses_Above (b+c)", "crosses_above(a, b) or a crosses_above (b + c)")]
    [InlineData("a>1#why \nand b>2 # because", "a > 1 #why\nand b > 2 # because")]
    [InlineData("a > 1\n   or (\n b < 2 )  for 5m", "a > 1\nor (\nb < 2) for 5m")]
    [InlineData("((a)) > 70_000", "((a)) > 70_000")]
    public void Spaces_and_case_are_made_one_and_the_rest_stays(string text, string expected)
    {
        Assert.Equal(expected, Format(text));
        Assert.Equal(Format(text), Format(Format(text)));
        Assert.Equal(Parser.Parse(text), Parser.Parse(Format(text)));
    }

    [Fact]
    public void A_text_that_is_not_of_the_language_is_refused_with_its_error()
    {
        Assert.Null(RuleFormatter.Format("a >", out var error));
        Assert.Equal(3, error!.Position);
    }

    private static string Format(string text)
    {
        var formatted = RuleFormatter.Format(text, out var error);
        Assert.Null(error);
        return formatted!;
    }
}
