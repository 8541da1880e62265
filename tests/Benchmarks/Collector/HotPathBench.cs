using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.LocalServers;

namespace CryptoScreener.Benchmarks.Collector;

/// <summary>How many forming candles a second go from the bytes of sockets to the bus, when the exchange sends as fast as it is read.</summary>
internal static class HotPathBench
{
    private const int Updates = 250; // of each instrument
    private const int WarmUp = 20;

    public static async Task RunAsync(LocalNats nats, int instruments, BenchReport report)
    {
        var minute = Timeframe.OneMinute.OpenOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await using var server = await FrameServer.StartAsync();
        await using var collector = await BenchCollector.StartAsync(nats, server, instruments, minute - Timeframe.MinuteMs);
        var frames = Enumerable.Range(0, WarmUp + Updates)
            .Select(update => Enumerable.Range(0, instruments).ToDictionary(BinanceFrames.Symbol, i => BinanceFrames.Of(i, minute, update, isClosed: false)))
            .ToList();
        foreach (var round in frames.Take(WarmUp)) await server.SendAsync(symbol => round[symbol]);
        await collector.ReceivedAsync((long)WarmUp * instruments);

        var (allocated, processor) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
        var watch = Stopwatch.StartNew();
        foreach (var round in frames.Skip(WarmUp)) await server.SendAsync(symbol => round[symbol]);
        await collector.ReceivedAsync((long)(WarmUp + Updates) * instruments);
        var took = watch.Elapsed;
        var all = (double)Updates * instruments;
        report.Add(new Measured("frames from socket bytes to the bus", $"{instruments} instruments", all / took.TotalSeconds, "/s", IsMoreBetter: true));
        report.Add(new Measured("processor time of a frame, sender included", $"{instruments} instruments", (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / all, "us"));
        report.Add(new Measured("allocated for a frame, sender included", $"{instruments} instruments", (GC.GetTotalAllocatedBytes() - allocated) / all, "B"));
    }
}
