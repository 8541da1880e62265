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
    private const int Updates = 1_024;
    private readonly CalculationPlan _plan = CalculationPlan.Create();
    private readonly Candle[] _tape = CalculationTape.Make(Days + 50_000, seed: 1);
    private Candle _forming;
    private int _updates;
    private double[] _values = [];
    private InstrumentState _state = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        _state = CalculationTape.Warm(_plan, _tape.AsSpan(0, Days));
        _values = new double[_plan.Catalogue.Count];
        _next = Days;
        _forming = _tape[Days];
    }

    /// <summary>Volume grows from call to call as it does within a minute: what does not grow is stale, and would be thrown away.</summary>
    [Benchmark(OperationsPerInvoke = Updates)]
    public int Merge()
    {
        var merged = 0;
        for (var i = 0; i < Updates; i++)
            if (_state.Merge(Forming(i))) merged++;
        return merged;
    }

    [Benchmark]
    public bool MergeAndLiveFrame() => _state.Merge(Forming(_updates % Updates)) && _state.WriteLiveFrame(_values);

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

    // The minute after the newest closed one, whatever the other benchmarks have closed meanwhile.
    private Candle Forming(int i) => _forming with
    {
        OpenTime = _state.LastClosedMinute + Timeframe.MinuteMs,
        Volume = _forming.Volume + ++_updates,
        Close = _forming.Low + ((_forming.High - _forming.Low) * (i % 7 / 7.0)),
    };

    private Candle Following() => _tape[_next < _tape.Length ? _next : Days] with { OpenTime = _state.LastClosedMinute + Timeframe.MinuteMs };

    private Candle Next()
    {
        if (_next == _tape.Length) _next = Days;
        return _tape[_next++] with { OpenTime = _state.LastClosedMinute + Timeframe.MinuteMs };
    }
}
