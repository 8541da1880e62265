using System.Collections.Frozen;
using System.IO.Enumeration;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>Which of an exchange's instruments we follow: quote asset, patterns, then the most traded.</summary>
internal static class Selection
{
    /// <summary>Ranks change with every look: what is followed stays until it has fallen this far behind the last place.</summary>
    private const double Grace = 1.25;

    public static IReadOnlyList<ListedInstrument> Of(IEnumerable<ListedInstrument> listed, CollectorOptions options) => Of(listed, options, FrozenSet<string>.Empty);

    /// <param name="followed">Symbols that we follow already.</param>
    public static IReadOnlyList<ListedInstrument> Of(IEnumerable<ListedInstrument> listed, CollectorOptions options, IReadOnlySet<string> followed) =>
    [
        .. listed
            .Where(i => InstrumentId.IsToken(i.Symbol))
            .DistinctBy(i => i.Symbol, StringComparer.Ordinal) // a row that is there twice is one instrument
            .Where(i => options.QuoteAssets.Length == 0 || options.QuoteAssets.Contains(i.QuoteAsset, StringComparer.Ordinal))
            .Where(i => options.Allow.Length == 0 || Matches(options.Allow, i.Symbol))
            .Where(i => !Matches(options.Deny, i.Symbol))
            .OrderByDescending(i => i.QuoteVolume24h)
            .ThenBy(i => i.Symbol, StringComparer.Ordinal)
            .Where((i, rank) => rank < options.TopByVolume || (rank < options.TopByVolume * Grace && followed.Contains(i.Symbol))),
    ];

    private static bool Matches(string[] patterns, string symbol) => patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, symbol));
}
