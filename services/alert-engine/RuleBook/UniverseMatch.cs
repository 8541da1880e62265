using System.IO.Enumeration;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>Whether a rule looks at an instrument.</summary>
internal static class UniverseMatch
{
    public static bool Covers(this RuleUniverse universe, InstrumentId instrument) =>
        (universe.Exchanges.Count == 0 || universe.Exchanges.Contains(instrument.Exchange, StringComparer.Ordinal))
        && (universe.QuoteAssets.Count == 0 || universe.QuoteAssets.Any(q => IsQuotedIn(instrument.Symbol, q)))
        && (universe.Include.Count == 0 || universe.Include.Any(p => Matches(p, instrument.Symbol)))
        && !universe.Exclude.Any(p => Matches(p, instrument.Symbol));

    /// <summary>BTCUSDT, or BTC-USDT-SWAP where an exchange separates the parts.</summary>
    private static bool IsQuotedIn(string symbol, string quote) =>
        symbol.EndsWith(quote, StringComparison.OrdinalIgnoreCase) || symbol.Contains($"-{quote}-", StringComparison.OrdinalIgnoreCase);

    private static bool Matches(string pattern, string symbol) => FileSystemName.MatchesSimpleExpression(pattern, symbol);
}
