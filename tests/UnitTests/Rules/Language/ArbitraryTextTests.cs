using CryptoScreener.Rules.Language;

namespace CryptoScreener.UnitTests.Rules.Language;

public sealed class ArbitraryTextTests
{
    private const string Alphabet = "abcrsi(),.<>=!+-*/%# 0123456789kMB_\n\t\"'$€５forwithin";

    [Fact]
    public void Whatever_is_typed_it_is_understood_or_refused_with_a_place_inside_the_text()
    {
        const int seed = 20_261_120;
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                Parser.Parse(text);
            }
            catch (RuleErrorException e)
            {
                Assert.True(e.Error.Position >= 0 && e.Error.Position <= text.Length, $"seed {seed}, text '{text}': {e.Error}");
            }
        }
    }
}
