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
    private int _demands;

    internal PlanBuilder(ImmutableArray<Timeframe> timeframes)
    {
        _timeframes = timeframes;
        _indicators = timeframes.ToDictionary(tf => tf, _ => new List<(Indicator, int)>());
        Add(new("price", "price", [], "price", "Last price", 1));
        Add(new("history", "history", [], "count", "Minutes known of the longest window", 1));
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

    internal TimeframePlan SeriesOf(Timeframe timeframe) => new(timeframe, _indicators[timeframe]);

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
        if (Windows.Exists(w => w.Minutes == length.Minutes)) return false;
        Windows.Add(new WindowPlan(length.Minutes, Metrics.Count));
        foreach (var metric in WindowMetric.All) Add(metric.For(length));
        return true;
    }

    private int AddFibonacci()
    {
        var day = Timeframe.OneDay.ToString();
        var column = Metrics.Count;
        foreach (var output in FibonacciKernel.Outputs)
        {
            var name = MetricDefinition.NameOf(output.Function, day);
            var meaning = output.Meaning.Replace("{0}", day, StringComparison.Ordinal);
            Add(new(name, output.Function, [day], output.Unit, meaning, Timeframe.OneDay.Minutes));
        }

        return column;
    }

    private bool AddIndicator(IndicatorEntry entry, IReadOnlyList<double> arguments, Timeframe timeframe)
    {
        if (!_indicators.TryGetValue(timeframe, out var indicators))
            throw new ArgumentException($"There are no bars of {timeframe}; indicators run on {string.Join(' ', _timeframes)}.");
        var metrics = entry.MetricsOf(arguments, timeframe).ToArray();
        if (_names.Contains(metrics[0].Name)) return false;
        indicators.Add((entry.Create(arguments), Metrics.Count));
        foreach (var metric in metrics) Add(metric);
        return true;
    }

    private UniverseColumns AddUniverse()
    {
        var first = Metrics.Count;
        var ranked = new List<int>();
        foreach (var window in _timeframes)
        {
            foreach (var function in UniverseMetric.Ranked)
                ranked.Add(Metrics.FindIndex(m => m.Name == MetricDefinition.NameOf(function, window.ToString())));
            foreach (var metric in UniverseMetric.RanksOf(window)) Add(metric);
        }

        foreach (var timeframe in _timeframes)
            foreach (var metric in UniverseMetric.WithBenchmark(timeframe)) Add(metric);
        return new UniverseColumns(first, [.. ranked], _timeframes.Length);
    }

    private void Add(MetricDefinition metric)
    {
        _names.Add(metric.Name);
        Metrics.Add(metric);
    }
}
