using System.Diagnostics;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>Counters and use of a running screener at one moment.</summary>
internal sealed record Sample(long Taken, double Received, double Calculated, double Evaluated, double FramesDropped, Dictionary<string, ProcessUse> Uses)
{
    internal static async Task<Sample> TakeAsync(LocalScreener stack)
    {
        var taken = Stopwatch.GetTimestamp();
        var collector = await ScrapedWorker.ReadAsync(stack.Worker("data-collector"));
        var calculator = await ScrapedWorker.ReadAsync(stack.Worker("metrics-calculator"));
        var engine = await ScrapedWorker.ReadAsync(stack.Worker("alert-engine"));
        return new Sample(
            taken,
            collector.Sum("data_collector_candles_received_total"),
            calculator.Sum("metrics_calculator_candles_processed_total"),
            engine.Sum("alert_engine_alerts_evaluated_total"),
            engine.Sum("alert_engine_live_frames_dropped_total"),
            StackUse.Of(stack));
    }
}
