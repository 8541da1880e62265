using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Watching;

namespace CryptoScreener.Rules.Evaluation;

/// <summary>The rules as one thread evaluates them, on the instruments it owns.</summary>
/// <param name="prices">With them closes are checked against the extremes of their minute.</param>
public sealed class RuleLane(RuleSet rules, PriceColumns? prices = null)
{
    /// <summary>How many rules an instrument looks at before another may have its turn, unless its caller wants fewer.</summary>
    private const int Looks = 1_024;

    private readonly Dictionary<WatchIndex, WatchLane> _lanes = [];

    public RuleSet Rules { get; private set; } = rules;

    internal PriceColumns? Prices => prices;

    internal CompiledRule[] Touched { get; } = new CompiledRule[64];

    internal TruthChange[] Changes { get; } = new TruthChange[Looks];

    /// <summary>From its next frame on, every instrument goes by this set; what did not change keeps its state.</summary>
    public void Adopt(RuleSet rules)
    {
        Rules = rules;
        foreach (var gone in _lanes.Keys.Where(index => !rules.Indexes.Contains(index)).ToList()) _lanes.Remove(gone);
    }

    public InstrumentRules Follow(InstrumentId instrument, string quoteAsset) => new(this, instrument, quoteAsset);

    internal WatchLane LaneOf(WatchIndex index)
    {
        if (!_lanes.TryGetValue(index, out var lane)) _lanes[index] = lane = index.OpenLane();
        return lane;
    }
}
