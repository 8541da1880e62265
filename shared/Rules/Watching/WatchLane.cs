using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Rules.Watching;

/// <summary>One thread's access to an index.</summary>
public sealed class WatchLane
{
    private readonly WatchIndex _index;
    private readonly NodeValues _values;

    internal WatchLane(WatchIndex index)
    {
        _index = index;
        _values = new NodeValues(index.Nodes);
    }

    public InstrumentWatch Follow(InstrumentId instrument, string quoteAsset)
    {
        var filter = new RuleFilter(_index.Universes, instrument, quoteAsset);
        var everywhere = new GroupWatch(_index.Everywhere, filter, _values);
        GroupWatch[] groups = _index.BySymbol.TryGetValue(instrument.Symbol, out var own)
            ? [everywhere, new GroupWatch(own, filter, _values)]
            : [everywhere];
        return new InstrumentWatch(_values, groups);
    }
}
