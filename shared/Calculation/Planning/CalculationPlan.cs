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
        Series = [.. builder.Series()];
        FibonacciColumn = builder.FibonacciColumn;
        DayWindow = Array.FindIndex(Windows, w => w.Minutes == Timeframe.OneDay.Minutes);
        Universe = builder.Universe;
        Needs = builder.Needs();
        HistoryWindow = Array.FindIndex(Windows, w => w.Minutes == timeframes[^1].Minutes);
        LongestWindow = Windows.Select(w => w.Minutes).DefaultIfEmpty(1).Max();
        LongestBar = Series.Select(series => series.Timeframe.Minutes).DefaultIfEmpty(1).Max();
    }

    public ImmutableArray<Timeframe> Timeframes { get; }

    /// <summary>The metrics of a frame, in the order of its values.</summary>
    public MetricCatalogue Catalogue { get; }

    /// <summary>The columns of ranks, correlation and beta.</summary>
    public UniverseColumns Universe { get; }

    /// <summary>The numbers of candles that the metrics are made of: what else is in one may be left out.</summary>
    public CandleParts Needs { get; }

    internal WindowPlan[] Windows { get; }

    internal TimeframePlan[] Series { get; }

    /// <summary>−1 without a window of a day.</summary>
    internal int FibonacciColumn { get; }

    internal int DayWindow { get; }

    /// <summary>−1 when nobody asks how many minutes are known.</summary>
    internal int HistoryWindow { get; }

    internal int LongestWindow { get; }

    internal int LongestBar { get; }

    /// <summary>How many bars of a timeframe it takes until every metric on it has a value.</summary>
    public int WarmUpBarsOf(Timeframe timeframe)
    {
        var slots = Array.Find(Series, series => series.Timeframe == timeframe)?.Slots ?? [];
        return Math.Max(UniverseMetric.Returns + 1, slots.Length == 0 ? 1 : slots.Max(slot => slot.WarmUp));
    }

    /// <summary>The built-in catalogue on the default timeframes.</summary>
    public static CalculationPlan Create() => Create(Timeframe.Default);

    public static CalculationPlan Create(IReadOnlyList<Timeframe> timeframes) => Create(timeframes, []);

    /// <summary>The built-in catalogue and, behind it, what else is demanded.</summary>
    public static CalculationPlan Create(IReadOnlyList<Timeframe> timeframes, IReadOnlyList<MetricDemand> demands) =>
        Create(timeframes, demands, only: null);

    /// <summary>
    /// Only these metrics and what comes with them for free, as their names mean them in the whole catalogue: what a replay of
    /// a few rules needs. Price and history are always there; history is NaN unless it is asked for.
    /// </summary>
    public static CalculationPlan Create(IReadOnlyList<Timeframe> timeframes, IReadOnlyList<MetricDemand> demands, IReadOnlySet<string>? only)
    {
        ArgumentNullException.ThrowIfNull(timeframes);
        ArgumentNullException.ThrowIfNull(demands);
        if (timeframes.Count == 0)
            throw new ArgumentException("A plan needs at least one timeframe, for instance 1m.", nameof(timeframes));
        ImmutableArray<Timeframe> sorted = [.. timeframes.Distinct().Order()];
        var builder = new PlanBuilder(sorted, only);
        foreach (var demand in demands) builder.Demand(demand);
        return new CalculationPlan(sorted, builder);
    }
}
