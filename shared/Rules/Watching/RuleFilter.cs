using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Rules.Watching;

/// <summary>Which rules concern an instrument: decided once per distinct universe, when the first of its rules is looked at.</summary>
internal sealed class RuleFilter(UniverseTable universes, InstrumentId instrument, string quoteAsset)
{
    private const byte Undecided = 0, Included = 1, Excluded = 2;

    private readonly byte[] _decisions = new byte[universes.Distinct.Count];

    public bool Includes(int rule)
    {
        var universe = universes.OfRules[rule];
        ref var decision = ref _decisions[universe];
        if (decision == Undecided)
            decision = UniverseFilter.Includes(universes.Distinct[universe], instrument, quoteAsset) ? Included : Excluded;
        return decision == Included;
    }
}
