using System.IO.Enumeration;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>Which of an exchange's instruments we follow: quote asset, patterns, then the most traded.</summary>
internal static class Selection
{
    public static IReadOnlyList<ListedInstrument> Of(IEnumerable<ListedInstrument> listed, CollectorOptions options) =>
    [
        .. listed
            .Where(i => InstrumentId.IsToken(i.Symbol))
            .Where(i => options.QuoteAssets.Length == 0 || options.QuoteAssets.Contains(i.QuoteAsset, StringComparer.Ordinal))
            .Where(i => options.Allow.Length == 0 || Matches(options.Allow, i.Symbol))
            .Where(i => !Matches(options.Deny, i.Symbol))
            .OrderByDescending(i => i.QuoteVolume24h)
            .ThenBy(i => i.Symbol, StringComparer.Ordinal)
            .Take(options.TopByVolume),
    ];

    private static bool Matches(string[] patterns, string symbol) => patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, symbol));
}
