using System.Collections.Frozen;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>What an exchange lists, and what of it we follow. Immutable.</summary>
internal sealed record ListedInstruments(IReadOnlyList<ListedInstrument> All, IReadOnlyList<ListedInstrument> Selected)
{
    private readonly FrozenSet<string> _traded = All.Select(i => i.Symbol).ToFrozenSet(StringComparer.Ordinal);

    public static ListedInstruments Of(IReadOnlyList<ListedInstrument> all, CollectorOptions options, ListedInstruments known) =>
        new(all, Selection.Of(all, options, known.Selected.Select(i => i.Symbol).ToFrozenSet(StringComparer.Ordinal)));

    public bool IsTraded(string symbol) => _traded.Contains(symbol);

    /// <summary>How many of those we follow another list does not have at all.</summary>
    public int GoneFrom(ListedInstruments other) => Selected.Count(i => !other.IsTraded(i.Symbol));

    public bool SelectsAs(ListedInstruments other) =>
        Selected.Select(i => i.Symbol).ToHashSet(StringComparer.Ordinal).SetEquals(other.Selected.Select(i => i.Symbol));

    /// <summary>What either of two readings has.</summary>
    public ListedInstruments With(ListedInstruments later, CollectorOptions options) =>
        Of([.. later.All.UnionBy(All, i => i.Symbol, StringComparer.Ordinal)], options, later);
}
