using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Benchmarks.Codecs;

/// <summary>What goes over the bus, written and read: a candle as JSON and a frame of the whole catalogue.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private static readonly InstrumentId Instrument = new("binance-futures", "BTCUSDT");
    private static readonly CandleUpdate Update = new(Instrument, Calculation.CalculationTape.Make(1, seed: 1)[0], true, CandleSource.Exchange, 1_760_054_460_012, 1_760_054_460_030, 7);
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly double[] _values = new double[CalculationPlan.Create().Catalogue.Count];
    private readonly byte[] _candle;
    private readonly byte[] _frame;

    public CodecBenchmarks()
    {
        _json = new Utf8JsonWriter(_output);
        WriteCandle();
        _candle = _output.WrittenSpan.ToArray();
        WriteFrame();
        _frame = _output.WrittenSpan.ToArray();
    }

    [Benchmark]
    public void WriteCandle()
    {
        _output.ResetWrittenCount();
        _json.Reset(_output);
        CandleCodec.Write(_json, Update);
        _json.Flush();
    }

    [Benchmark]
    public bool ReadCandle() => CandleCodec.TryRead(_candle, Instrument, out _);

    [Benchmark]
    public void WriteFrame()
    {
        _output.ResetWrittenCount();
        FrameCodec.Write(_output, new FrameHeader(false, 1, 1_760_054_460_000, 1, 2, 3, 4, 0), _values);
    }

    [Benchmark]
    public bool ReadFrame()
    {
        if (!FrameCodec.TryReadHeader(_frame, out _, out var count) || count != _values.Length) return false;
        FrameCodec.ReadValues(_frame, _values);
        return true;
    }
}
