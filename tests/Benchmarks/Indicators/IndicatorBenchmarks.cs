using BenchmarkDotNet.Attributes;
using CryptoScreener.Benchmarks.Calculation;
using CryptoScreener.Indicators;

namespace CryptoScreener.Benchmarks.Indicators;

/// <summary>Every registered indicator with its defaults: one value on a forming bar, one closed bar, one summing-up.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class IndicatorBenchmarks
{
    private readonly BarTable _table = new(CalculationTape.Make(600, seed: 2));
    private readonly double[] _values = new double[8];
    private Indicator _indicator = null!;
    private double[] _memory = [];
    private double[] _prepared = [];

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    public static IEnumerable<string> Names => IndicatorRegistry.All.Select(e => e.Name);

    [GlobalSetup]
    public void Setup()
    {
        var entry = IndicatorRegistry.All.Single(e => e.Name == Name);
        _indicator = entry.Create(entry.Defaults);
        _memory = new double[_indicator.MemorySize];
        _prepared = new double[_indicator.PreparedSize];
        for (var i = 0; i < _table.Bars.Length; i++) _indicator.Commit(_memory, Bar(i));
        _indicator.Prepare(_table.Bars, _prepared);
    }

    [Benchmark]
    public double Evaluate()
    {
        _indicator.Evaluate(_memory, _prepared, _table.Bars, Bar(300), _values);
        return _values[0];
    }

    [Benchmark]
    public void Commit() => _indicator.Commit(_memory, Bar(300));

    [Benchmark]
    public void Prepare() => _indicator.Prepare(_table.Bars, _prepared);

    private Bar Bar(int i)
    {
        var bars = _table.Bars;
        return new Bar(bars.OpenTime[i], bars.Open[i], bars.High[i], bars.Low[i], bars.Close[i], bars.Volume[i], bars.QuoteVolume[i]);
    }
}
