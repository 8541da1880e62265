using System.Collections.Immutable;
using CryptoScreener.Calculation.Windows;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Indicators;

namespace CryptoScreener.Calculation.Planning;

/// <summary>Lays out the columns: the built-in ones in a fixed order, demands behind them, so a demand moves no column.</summary>
internal sealed class PlanBuilder
{
    private readonly ImmutableArray<Timeframe> _timeframes;
    private readonly Dictionary<Timeframe, List<(Indicator, int Column)>> _indicators;
    private readonly HashSet<string> _names = [];
    private readonly IReadOnlySet<string>? _only;
    private int _demands;

    /// <param name="timeframes">Sorted.</param>
    /// <param name="only">What will be asked for; the rest has no columns and costs nothing. Null for everything.</param>
    internal PlanBuilder(ImmutableArray<Timeframe> timeframes, IReadOnlySet<string>? only = null)
    {
        _timeframes = timeframes;
        _only = only;
        _indicators = timeframes.ToDictionary(tf => tf, _ => new List<(Indicator, int)>());
        Metrics.Add(new("price", "price", [], "price", "Last price", 1));
        Metrics.Add(new("history", "history", [], "count", "Minutes known of the longest window", 1));
        foreach (var timeframe in timeframes) AddWindow(timeframe);
        FibonacciColumn = timeframes.Contains(Timeframe.OneDay) ? AddFibonacci() : -1;
        foreach (var timeframe in timeframes)
            foreach (var (name, arguments) in BuiltIns.On(timeframe))
                AddIndicator(IndicatorRegistry.All.Single(e => e.Name == name), arguments, timeframe);
        Universe = AddUniverse();
    }

    internal List<MetricDefinition> Metrics { get; } = [];

    internal List<WindowPlan> Windows { get; } = [];

    internal int FibonacciColumn { get; }

    internal UniverseColumns Universe { get; }

    /// <summary>The timeframes whose bars are needed: all when instruments are compared with a benchmark, because those go by position.</summary>
    internal IEnumerable<TimeframePlan> Series() =>
        _timeframes.Where(tf => IsCompared || _indicators[tf].Count > 0).Select(tf => new TimeframePlan(tf, _indicators[tf]));

    /// <summary>What is to be known of every minute. Prices as they close tell which of them are there.</summary>
    internal CandleParts Needs()
    {
        if (_only is null) return CandleParts.All;
        var needs = CandleParts.Close;
        if (Series().Any()) needs |= CandleParts.Bar;
        if (FibonacciColumn >= 0) needs |= CandleParts.High | CandleParts.Low;
        foreach (var metric in Metrics.Where(metric => _only.Contains(metric.Name) || Universe.Ranked.Contains(Metrics.IndexOf(metric))))
            needs |= Array.Find(WindowMetric.All, window => window.Function == metric.Function)?.Needs ?? CandleParts.None;
        return needs;
    }

    private bool IsCompared => IsWanted(_timeframes.SelectMany(UniverseMetric.WithBenchmark));

    private bool IsWanted(IEnumerable<MetricDefinition> metrics) => _only is null || metrics.Any(metric => _only.Contains(metric.Name));

    internal void Demand(MetricDemand demand)
    {
        var added = demand.Indicator is { } entry ? AddIndicator(entry, demand.Arguments, demand.Timeframe) : AddWindow(demand.Timeframe);
        if (!added) return;
        if (++_demands > CalculationPlan.MostDemands)
            throw new ArgumentException($"More than {CalculationPlan.MostDemands} metrics are demanded beyond the built-in ones; drop some.");
    }

    private bool AddWindow(Timeframe length)
    {
        if (length > _timeframes[^1])
            throw new ArgumentException($"A window of {length} is longer than the history that is kept, {_timeframes[^1]}.");
        MetricDefinition[] metrics = [.. WindowMetric.All.Select(metric => metric.For(length))];
        if (!_names.Add(metrics[0].Name)) return false;
        if (!IsWanted(metrics) && !IsDerivedFrom(length)) return true;
        Windows.Add(new WindowPlan(length.Minutes, Metrics.Count, IsWanted(metrics[WindowMetric.VolumeRatio..(WindowMetric.VolumeRatio + 1)]) || IsRanked(length)));
        Metrics.AddRange(metrics);
        return true;
    }

    /// <summary>Whether ranks, pivots or the count of minutes read this window.</summary>
    private bool IsDerivedFrom(Timeframe window) =>
        IsRanked(window)
        || (window == _timeframes[^1] && IsWanted(Metrics.Where(metric => metric.Function == "history")))
        || (window == Timeframe.OneDay && IsWanted(Fibonacci()));

    private bool IsRanked(Timeframe window) => _timeframes.Contains(window) && IsWanted(UniverseMetric.RanksOf(window));

    private static IEnumerable<MetricDefinition> Fibonacci()
    {
        var day = Timeframe.OneDay.ToString();
        return FibonacciKernel.Outputs.Select(output => new MetricDefinition(
            MetricDefinition.NameOf(output.Function, day),
            output.Function,
            [day],
            output.Unit,
            output.Meaning.Replace("{0}", day, StringComparison.Ordinal),
            Timeframe.OneDay.Minutes));
    }

    private int AddFibonacci()
    {
        if (!IsWanted(Fibonacci())) return -1;
        Metrics.AddRange(Fibonacci());
        return Metrics.Count - Fibonacci().Count();
    }

    private bool AddIndicator(IndicatorEntry entry, IReadOnlyList<double> arguments, Timeframe timeframe)
    {
        if (!_indicators.TryGetValue(timeframe, out var indicators))
            throw new ArgumentException($"There are no bars of {timeframe}; indicators run on {string.Join(' ', _timeframes)}.");
        var metrics = entry.MetricsOf(arguments, timeframe).ToArray();
        if (!_names.Add(metrics[0].Name)) return false;
        if (!IsWanted(metrics)) return true;
        indicators.Add((entry.Create(arguments), Metrics.Count));
        Metrics.AddRange(metrics);
        return true;
    }

    private UniverseColumns AddUniverse()
    {
        var first = Metrics.Count;
        var ranked = new List<int>();
        foreach (var window in _timeframes.Where(IsRanked))
        {
            foreach (var function in UniverseMetric.Ranked)
                ranked.Add(Metrics.FindIndex(m => m.Name == MetricDefinition.NameOf(function, window.ToString())));
            Metrics.AddRange(UniverseMetric.RanksOf(window));
        }

        if (IsCompared) Metrics.AddRange(_timeframes.SelectMany(UniverseMetric.WithBenchmark));
        return new UniverseColumns(first, [.. ranked], IsCompared ? _timeframes.Length : 0);
    }
}
