namespace CryptoScreener.Rules;

/// <summary>
/// Kleene's three values, ordered so that "and" is the minimum and "or" the maximum. Unknown is not false: a rule that
/// lacks a number neither fires nor resolves.
/// </summary>
public enum Truth : byte
{
    False = 0,
    Unknown = 1,
    True = 2,
}
