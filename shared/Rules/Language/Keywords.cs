using System.Collections.Frozen;

namespace CryptoScreener.Rules.Language;

internal static class Keywords
{
    private static readonly FrozenDictionary<string, TokenKind> ByName = new Dictionary<string, TokenKind>
    {
        ["and"] = TokenKind.And,
        ["or"] = TokenKind.Or,
        ["not"] = TokenKind.Not,
        ["crosses_above"] = TokenKind.CrossesAbove,
        ["crosses_below"] = TokenKind.CrossesBelow,
        ["crosses"] = TokenKind.Crosses,
        ["within"] = TokenKind.Within,
        ["to"] = TokenKind.To,
        ["of"] = TokenKind.Of,
        ["for"] = TokenKind.For,
        ["since"] = TokenKind.Since,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, TokenKind>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IEnumerable<string> All => ByName.Keys.Order(StringComparer.Ordinal);

    public static TokenKind KindOf(ReadOnlySpan<char> word) => BySpan.TryGetValue(word, out var kind) ? kind : TokenKind.Name;
}
