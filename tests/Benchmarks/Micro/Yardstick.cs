using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace CryptoScreener.Benchmarks.Micro;

/// <summary>A fixed piece of work of the base library. Times beside it say the same on a slow machine as on a fast one.</summary>
[MemoryDiagnoser]
public class Yardstick
{
    private readonly byte[] _frame = Encoding.UTF8.GetBytes(Collector.RecordedFrame.TextOf("binance-futures"));

    [Benchmark]
    public int ReadFrameAsJson()
    {
        var reader = new Utf8JsonReader(_frame);
        var tokens = 0;
        while (reader.Read()) tokens++;
        return tokens;
    }
}
