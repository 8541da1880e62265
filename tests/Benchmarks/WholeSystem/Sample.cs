using System.Diagnostics;
using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>Counters and use of a running screener at one moment.</summary>
internal sealed record Sample(long Taken, double Received, double Calculated, double Evaluated, double FramesDropped, Dictionary<string, ProcessUse> Uses)
{
    internal static async Task<Sample> TakeAsync(LocalScreener stack) => new(
        Stopwatch.GetTimestamp(),
        await Counters.ReadAsync(stack.Worker("data-collector"), "data_collector_candles_received_total"),
        await Counters.ReadAsync(stack.Worker("metrics-calculator"), "metrics_calculator_candles_processed_total"),
        await Counters.ReadAsync(stack.Worker("alert-engine"), "alert_engine_alerts_evaluated_total"),
        await Counters.ReadAsync(stack.Worker("alert-engine"), "alert_engine_live_frames_dropped_total"),
        StackUse.Of(stack));
}
