using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules.Evaluation;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>The rules in force as the lane evaluates them: one <see cref="RuleLane"/> for each catalogue, shared by its partitions.</summary>
internal sealed class LaneRules(RulesInForce book)
{
    // More than the book keeps: instruments of one catalogue share what a lane holds.
    private const int MostCatalogues = 8;

    private readonly Dictionary<ulong, RuleLane> _lanes = [];

    /// <summary>The lane, which has adopted the newest rules, and those rules.</summary>
    public RuleLane For(MetricCatalogue catalogue, out CatalogueRules rules)
    {
        rules = book.For(catalogue);
        if (!_lanes.TryGetValue(catalogue.Hash, out var lane))
        {
            if (_lanes.Count == MostCatalogues) _lanes.Clear();
            _lanes[catalogue.Hash] = lane = new RuleLane(rules.Set, PriceColumns.Of(catalogue));
        }
        else if (!ReferenceEquals(lane.Rules, rules.Set))
        {
            lane.Adopt(rules.Set);
        }

        return lane;
    }
}
