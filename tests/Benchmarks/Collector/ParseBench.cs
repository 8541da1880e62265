using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.Benchmarks.Collector;

/// <summary>Reading one candle frame: the best of several rounds, because others' work only ever adds to it.</summary>
internal static class ParseBench
{
    private const int Rounds = 15;
    private const int Frames = 100_000;

    public static void Run(string exchange, BenchReport report)
    {
        var frame = RecordedFrame.Of(exchange);
        var best = double.MaxValue;
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Frames; i++)
                if (frame.Exchange.Parse(frame.Bytes, frame.Symbols, out _) != FrameKind.Kline) throw new InvalidOperationException("the recorded frame is no candle");
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds / Frames);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        report.Add(new Measured($"reading a candle frame of {frame.Bytes.Length} bytes", exchange, best, "ns"));
        report.Add(new Measured("allocated for it", exchange, (double)allocated / Frames, "B", Floor: 0, Goal: 0));
    }
}
