using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>The whole screener under one load, with a rule that fires at every close of every instrument.</summary>
internal static class SystemRun
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60); // of one instrument sixty closes: before, it is the compiler's time

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
        if (load.Instruments == 800) await RestartRun.MeasureAsync(stack, load, report);
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
        var closes = new Closes(load.Instruments, arrivals);
        report.Add(new Measured("minutes with an alert of every instrument, once", load.Name, closes.Whole.Count, ""));
        report.Add(new Measured("minutes with an alert lost, late or twice", load.Name, closes.Broken, "", Goal: 0));
        report.Add(new Measured("alerts of candles that no socket brought, which count in no time", load.Name, closes.AskedFor, "")); // dead coins have only such
        var latencies = closes.Milliseconds;
        if (latencies.Count == 0) throw new InvalidOperationException($"{load.Name}: no minute has an alert of every instrument");
        var of = string.Create(CultureInfo.InvariantCulture, $"{load.Name}, {latencies.Count:N0} alerts");
        report.Add(new Measured("closed candle in the collector → alert on the bus, p50", of, Quantile.At(latencies, 0.5), "ms"));
        var p99 = Quantile.At(latencies, 0.99);
        report.Add(load.Instruments == 1 ? Numbers.CloseToAlert.Of(of, p99) : new Measured(Numbers.CloseToAlert.What, of, p99, "ms"));
        report.Add(new Measured("closed candle in the collector → alert on the bus, longest", of, latencies[^1], "ms"));
        var bursts = closes.Bursts;
        var burst = Quantile.At(bursts, 0.5);
        report.Add(load.Instruments == 800 ? Numbers.MinuteClose.Of(load.Name, burst) : new Measured(Numbers.MinuteClose.What, load.Name, burst, "ms"));
        report.Add(new Measured("minute close: last candle in → last alert out, longest", load.Name, bursts[^1], "ms"));
    }
}
