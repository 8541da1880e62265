using System.Collections.Immutable;
using CryptoScreener.Calculation.Planning;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.Calculation;

/// <summary>What is calculated for every instrument, and where each number stands in a frame. Immutable and shared by all of them.</summary>
public sealed class CalculationPlan
{
    /// <summary>Demands beyond the built-in catalogue that one plan takes: each costs memory for every instrument.</summary>
    public const int MostDemands = 64;

    internal const int PriceColumn = 0;
    internal const int HistoryColumn = 1;

    internal CalculationPlan(ImmutableArray<Timeframe> timeframes, PlanBuilder builder)
    {
        Timeframes = timeframes;
        Catalogue = new MetricCatalogue(builder.Metrics);
        Windows = [.. builder.Windows];
        Series = [.. timeframes.Select(builder.SeriesOf)];
        FibonacciColumn = builder.FibonacciColumn;
        DayWindow = Array.FindIndex(Windows, w => w.Minutes == Timeframe.OneDay.Minutes);
        Universe = builder.Universe;
        LongestWindow = Windows.Max(w => w.Minutes);
    }

    public ImmutableArray<Timeframe> Timeframes { get; }

    /// <summary>The metrics of a frame, in the order of its values.</summary>
    public MetricCatalogue Catalogue { get; }

    /// <summary>The columns of ranks, correlation and beta.</summary>
    public UniverseColumns Universe { get; }

    internal WindowPlan[] Windows { get; }

    internal TimeframePlan[] Series { get; }

    /// <summary>−1 without a window of a day.</summary>
    internal int FibonacciColumn { get; }

    internal int DayWindow { get; }

    internal int LongestWindow { get; }

    /// <summary>How many bars of a timeframe it takes until every metric on it has a value.</summary>
    public int WarmUpBarsOf(Timeframe timeframe)
    {
        var slots = Series[Timeframes.IndexOf(timeframe)].Slots;
        return Math.Max(UniverseMetric.Returns + 1, slots.Length == 0 ? 1 : slots.Max(slot => slot.WarmUp));
    }

    /// <summary>The built-in catalogue on the default timeframes.</summary>
    public static CalculationPlan Create() => Create(Timeframe.Default);

    public static CalculationPlan Create(IReadOnlyList<Timeframe> timeframes) => Create(timeframes, []);

    /// <summary>The built-in catalogue and, behind it, what else is demanded.</summary>
    public static CalculationPlan Create(IReadOnlyList<Timeframe> timeframes, IReadOnlyList<MetricDemand> demands)
    {
        ArgumentNullException.ThrowIfNull(timeframes);
        ArgumentNullException.ThrowIfNull(demands);
        if (timeframes.Count == 0)
            throw new ArgumentException("A plan needs at least one timeframe, for instance 1m.", nameof(timeframes));
        ImmutableArray<Timeframe> sorted = [.. timeframes.Distinct().Order()];
        var builder = new PlanBuilder(sorted);
        foreach (var demand in demands) builder.Demand(demand);
        return new CalculationPlan(sorted, builder);
    }
}
