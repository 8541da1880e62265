using System.Collections.Frozen;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>What each instrument is quoted in, as the exchange listed it: symbols do not tell reliably.</summary>
internal sealed class QuoteAssets
{
    private volatile FrozenDictionary<InstrumentId, string> _known = FrozenDictionary<InstrumentId, string>.Empty;

    /// <summary>Changes when anything became known since.</summary>
    public object Edition => _known;

    /// <summary>Empty while unknown; then no rule that asks for a quote asset looks at it.</summary>
    public string Of(InstrumentId instrument) => _known.GetValueOrDefault(instrument, "");

    public void Replace(IEnumerable<InstrumentRow> rows)
    {
        var known = rows.Where(row => row.QuoteAsset is not null).ToFrozenDictionary(row => row.Instrument, row => row.QuoteAsset!);
        if (known.Count != _known.Count || known.Any(pair => Of(pair.Key) != pair.Value)) _known = known;
    }
}
