using BenchmarkDotNet.Attributes;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.Benchmarks.Collector;

/// <summary>From the bytes of a recorded frame to the candle of a followed instrument.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private RecordedFrame _frame = null!;

    [ParamsSource(nameof(Exchanges))]
    public string Exchange { get; set; } = "";

    public static IEnumerable<string> Exchanges => RecordedFrame.Exchanges;

    [GlobalSetup]
    public void Setup() => _frame = RecordedFrame.Of(Exchange);

    [Benchmark]
    public bool ReadCandle() => _frame.Exchange.Parse(_frame.Bytes, _frame.Symbols, out _) == FrameKind.Kline;
}
