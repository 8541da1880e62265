using System.Diagnostics;
using CryptoScreener.Benchmarks.Gateway;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>One step of the ramp: a fresh screener, so that no queue of the step before weighs on it.</summary>
internal static class LoadStep
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    internal static async Task<(double UpdatesPerSecond, string? Behind)> MeasureAsync(int instruments, int rate, int sockets, BenchReport report)
    {
        // At six times the speed a minute ends every ten seconds: each step has two of these bursts.
        var load = new SystemLoad(instruments, rate, Speed: 6, Minutes: 2)
        {
            LeastTrades = 10 * rate,
            Settings = new Dictionary<string, string> { ["Collector__BackfillHours"] = "1", ["Realtime__ConnectsPerMinute"] = "1000000", ["Realtime__MaxConnections"] = "100000" },
        };
        var of = $"{load.Name}, {rate}/s each";
        await using var stack = await SystemStack.StartAsync(load, "load", EveryClose.AddAsync);
        await using var crowd = await SocketCrowd.ConnectAsync(new TableWatchers(stack.Worker("api-gateway").ProcessId, stack.Api), sockets);
        await using var watch = new StageWatch(stack.Nats.Url);
        await Task.Delay(Settling, TimeProvider.System, CancellationToken.None);
        watch.Take();
        var before = await Sample.TakeAsync(stack);
        await Task.Delay(Length, TimeProvider.System, CancellationToken.None);
        var after = await Sample.TakeAsync(stack);
        var stages = watch.Take();

        var seconds = Stopwatch.GetElapsedTime(before.Taken, after.Taken).TotalSeconds;
        var (received, calculated) = ((after.Received - before.Received) / seconds, (after.Calculated - before.Calculated) / seconds);
        report.Add(new Measured("updates into the collector", of, received, "/s", IsMoreBetter: true));
        report.Add(new Measured("updates through the calculator", of, calculated, "/s", IsMoreBetter: true));
        report.Add(new Measured("live frames that the engine passed over", of, (after.FramesDropped - before.FramesDropped) / seconds, "/s"));
        // With time at six times its speed the exchange's clock is not ours: its stage is told by the backlog and not by its times.
        var ours = stages.Skip(1).ToList();
        foreach (var stage in ours)
        {
            report.Add(new Measured($"{stage.Name}, p50", of, stage.P50, "ms"));
            report.Add(new Measured($"{stage.Name}, p99", of, stage.P99, "ms"));
        }

        foreach (var (name, use) in after.Uses)
        {
            var cores = (use.Cpu - before.Uses[name].Cpu).TotalSeconds / seconds;
            report.Add(new Measured($"{name}: cores", of, cores, ""));
            report.Add(new Measured($"{name}: processor time of an update", of, cores * 1e6 / Math.Max(1, received), "us"));
            report.Add(new Measured($"{name}: memory of an instrument, all included", of, use.ResidentBytes / 1024.0 / instruments, "KB"));
        }

        return (calculated, Bottleneck.Of((double)instruments * rate, received, calculated, ours));
    }
}
