using System.Collections.Immutable;
using CryptoScreener.Calculation.Windows;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.Calculation;

/// <summary>What is calculated for every instrument, and where each number stands in a frame. Immutable and shared by all of them.</summary>
public sealed class CalculationPlan
{
    internal const int PriceColumn = 0;
    internal const int HistoryColumn = 1;
    internal const int FirstWindowColumn = 2;

    private CalculationPlan(ImmutableArray<Timeframe> timeframes)
    {
        Timeframes = timeframes;
        Catalogue = new MetricCatalogue([.. OfInstrument(), .. timeframes.SelectMany(tf => WindowMetric.All.Select(m => m.For(tf)))]);
    }

    public ImmutableArray<Timeframe> Timeframes { get; }

    /// <summary>The metrics of a frame, in the order of its values.</summary>
    public MetricCatalogue Catalogue { get; }

    internal int LongestWindow => Timeframes[^1].Minutes;

    public static CalculationPlan Create() => Create(Timeframe.Default);

    public static CalculationPlan Create(IReadOnlyList<Timeframe> timeframes)
    {
        ArgumentNullException.ThrowIfNull(timeframes);
        if (timeframes.Count == 0) throw new ArgumentException("A plan needs at least one timeframe, for instance 1m.", nameof(timeframes));
        return new CalculationPlan([.. timeframes.Distinct().Order()]);
    }

    private static IEnumerable<MetricDefinition> OfInstrument() =>
    [
        new("price", "price", [], "price", "Last price", 1),
        new("history", "history", [], "count", "Minutes known of the longest window", 1),
    ];
}
