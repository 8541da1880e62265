using BenchmarkDotNet.Attributes;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Benchmarks.Calculation;

/// <summary>One instrument with the whole built-in catalogue on seven timeframes, a day of minutes and warm indicators.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class InstrumentStateBenchmarks
{
    private const int Days = 1440 * 3;
    private readonly CalculationPlan _plan = CalculationPlan.Create();
    private readonly Candle[] _tape = CalculationTape.Make(Days + 1_000_000, seed: 1);
    private Candle[] _forming = [];
    private double[] _values = [];
    private InstrumentState _state = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        _state = CalculationTape.Warm(_plan, _tape.AsSpan(0, Days));
        _values = new double[_plan.Catalogue.Count];
        _next = Days;
        var final = _tape[Days];
        var range = final.High - final.Low;
        _forming = [.. Enumerable.Range(0, 1024).Select(i => final with { Volume = final.Volume + i, Close = final.Low + (range * (i % 7 / 7.0)) })];
    }

    /// <summary>Volume grows from call to call as it does within a minute, and falls back once in 1,024: then the candle is stale.</summary>
    [Benchmark(OperationsPerInvoke = 1024)]
    public int Merge()
    {
        var merged = 0;
        foreach (ref readonly var candle in _forming.AsSpan())
            if (_state.Merge(in candle)) merged++;
        return merged;
    }

    [Benchmark]
    public bool MergeAndLiveFrame()
    {
        _state.Merge(in _forming[^1]);
        return _state.WriteLiveFrame(_values);
    }

    /// <summary>Bars of all timeframes end as they do in a day.</summary>
    [Benchmark]
    public CommitOutcome ClosedCandle() => _state.Commit(Next(), CandleSource.Exchange);

    [Benchmark]
    public bool ClosedCandleAndFrames()
    {
        _state.Commit(Next(), CandleSource.Exchange);
        _state.WriteClosedFrame(_values);
        _state.Merge(Following());
        return _state.WriteLiveFrame(_values);
    }

    private Candle Following() => _tape[_next < _tape.Length ? _next : Days] with { OpenTime = _state.LastClosedMinute + Timeframe.MinuteMs };

    private Candle Next()
    {
        if (_next == _tape.Length) _next = Days;
        return _tape[_next++] with { OpenTime = _state.LastClosedMinute + Timeframe.MinuteMs };
    }
}
