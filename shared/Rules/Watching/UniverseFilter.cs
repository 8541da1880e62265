using System.IO.Enumeration;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.Rules.Watching;

/// <summary>Whether a rule looks at an instrument. (Its least volume is part of the condition: volumes change.)</summary>
public static class UniverseFilter
{
    public static bool Includes(RuleUniverse universe, InstrumentId instrument, string quoteAsset) =>
        ListedOrAny(universe.Exchanges, instrument.Exchange)
        && ListedOrAny(universe.QuoteAssets, quoteAsset)
        && (universe.Include.Count == 0 || AnyMatches(universe.Include, instrument.Symbol))
        && !AnyMatches(universe.Exclude, instrument.Symbol);

    /// <summary>The symbols of a universe that lists them without patterns; null for all others.</summary>
    internal static IEnumerable<string>? SymbolsOf(RuleUniverse universe)
    {
        if (universe.Include.Count == 0) return null;
        foreach (var pattern in universe.Include)
            if (pattern.AsSpan().ContainsAny('*', '?')) return null;
        return universe.Include.Count == 1 ? universe.Include : universe.Include.Distinct(StringComparer.Ordinal);
    }

    private static bool ListedOrAny(IReadOnlyList<string> list, string value)
    {
        if (list.Count == 0) return true;
        foreach (var item in list)
            if (item.Equals(value, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // The framework's matcher of * and ?; it only compares strings.
    private static bool AnyMatches(IReadOnlyList<string> patterns, string symbol)
    {
        foreach (var pattern in patterns)
            if (FileSystemName.MatchesSimpleExpression(pattern, symbol, ignoreCase: false)) return true;
        return false;
    }
}
