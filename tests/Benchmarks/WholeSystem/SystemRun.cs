using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>The whole screener under one load, with a rule that fires at every close of every instrument.</summary>
internal static class SystemRun
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    public static async Task MeasureAsync(SystemLoad load, BenchReport report)
    {
        var starting = Stopwatch.StartNew();
        await using var stack = await SystemStack.StartAsync(load, load.Name.Replace(' ', '-'), EveryClose.AddAsync);
        report.Add(new Measured("first start of everything → all ready", load.Name, starting.Elapsed.TotalSeconds, "s"));

        await using var watch = new AlertWatch(stack.Nats.Url, EveryClose.Rule);
        await Task.Delay(Settling, TimeProvider.System, CancellationToken.None);
        watch.Take();
        var before = await Sample.TakeAsync(stack);
        await Task.Delay(TimeSpan.FromMinutes((double)load.Minutes / load.Speed), TimeProvider.System, CancellationToken.None);
        var after = await Sample.TakeAsync(stack);
        Report(load, report, before, after);
        ReportAlerts(load, report, watch.Take());
        if (load.Instruments == 800) await RestartAsync(stack, load, report);
    }

    private static void Report(SystemLoad load, BenchReport report, Sample before, Sample after)
    {
        var seconds = Stopwatch.GetElapsedTime(before.Taken, after.Taken).TotalSeconds;
        report.Add(new Measured("candle updates into the collector", load.Name, (after.Received - before.Received) / seconds, "/s"));
        report.Add(new Measured("candle updates through the calculator", load.Name, (after.Calculated - before.Calculated) / seconds, "/s"));
        report.Add(new Measured("rules looked at", load.Name, (after.Evaluated - before.Evaluated) / seconds, "/s"));
        foreach (var (name, use) in after.Uses)
        {
            report.Add(new Measured($"{name}: processor", load.Name, 100 * (use.Cpu - before.Uses[name].Cpu).TotalSeconds / seconds / Environment.ProcessorCount, "%"));
            report.Add(new Measured($"{name}: memory", load.Name, use.ResidentBytes / 1e6, "MB"));
        }
    }

    private static void ReportAlerts(SystemLoad load, BenchReport report, List<AlertWatch.Arrival> arrivals)
    {
        // A minute that began before the measurement or had not ended with it is not whole.
        var minutes = arrivals.GroupBy(arrival => arrival.Minute, StringComparer.Ordinal).Where(minute => minute.Count() == load.Instruments).ToList();
        report.Add(new Measured("minutes with an alert of every instrument", load.Name, minutes.Count, ""));
        if (minutes.Count == 0) return;
        var latencies = minutes.SelectMany(minute => minute).Select(arrival => (double)(arrival.ArrivedAt - arrival.ReceivedAt)).Order().ToList();
        report.Add(new Measured("closed candle in the collector → alert on the bus, p50", load.Name, Quantile.At(latencies, 0.5), "ms"));
        var p99 = Quantile.At(latencies, 0.99);
        report.Add(load.Instruments == 1 ? Numbers.CloseToAlert.Of(load.Name, p99) : new Measured(Numbers.CloseToAlert.What, load.Name, p99, "ms"));
        var bursts = minutes.ConvertAll(minute => (double)(minute.Max(a => a.ArrivedAt) - minute.Max(a => a.ReceivedAt))).Order().ToList();
        var burst = Quantile.At(bursts, 0.5);
        report.Add(load.Instruments == 800 ? Numbers.MinuteClose.Of(load.Name, burst) : new Measured(Numbers.MinuteClose.What, load.Name, burst, "ms"));
        report.Add(new Measured("minute close: last candle in → last alert out, longest", load.Name, bursts[^1], "ms"));
    }

    /// <summary>Each worker killed and started again while the others go on.</summary>
    private static async Task RestartAsync(LocalScreener stack, SystemLoad load, BenchReport report)
    {
        foreach (var worker in stack.Workers)
        {
            await worker.KillAsync();
            var started = Stopwatch.GetTimestamp();
            await worker.StartAsync(CancellationToken.None);
            await SystemStack.ReadyAsync(worker, load);
            report.Add(Numbers.Restart.Of($"{worker.Name} after kill -9, under load", Stopwatch.GetElapsedTime(started).TotalSeconds));
        }
    }
}
