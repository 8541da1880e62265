using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Benchmarks.Storage;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>The whole screener under one load, with a rule that fires at every close of every instrument.</summary>
internal static class SystemRun
{
    private const string Rule = "bench-every-close";
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    public static async Task MeasureAsync(SystemLoad load, BenchReport report)
    {
        await using var stack = new LocalScreener(new LocalScreenerOptions
        {
            LogDirectory = Repository.PathOf("artifacts", "bench", "logs", load.Name.Replace(' ', '-')),
            SimulatorArguments =
            [
                "--instruments", Text(load.Instruments), "--rate", Text(load.Rate), "--speed", Text(load.Speed),
                "--leasttrades", "60", "--seed", "1", "--weightlimit", "1000000",
            ],
            Settings = new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Warning", ["Collector__HistoryBars"] = "0" },
        });
        await stack.StartServersAsync(_ => { }, CancellationToken.None);
        await AddRuleAsync(stack.DatabaseConnection);
        await stack.StartExchangeAsync(CancellationToken.None);
        var starting = Stopwatch.StartNew();
        await stack.StartWorkersAsync(CancellationToken.None);
        foreach (var worker in stack.Workers)
            await Eventually.TrueAsync(async () => (await worker.ReadyAsync(CancellationToken.None)).Ready, $"{worker.Name} is ready");
        report.Add(new Measured("first start of all workers → all ready", load.Name, starting.Elapsed.TotalSeconds, "s"));

        await using var watch = new AlertWatch(stack.Nats.Url, Rule);
        await Task.Delay(Settling, TimeProvider.System, CancellationToken.None);
        watch.Take();
        var before = await SampleAsync(stack);
        var clock = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromMinutes((double)load.Minutes / load.Speed), TimeProvider.System, CancellationToken.None);
        var took = clock.Elapsed;
        var after = await SampleAsync(stack);
        Report(load, report, before, after, took);
        ReportAlerts(load, report, watch.Take());
    }

    private static async Task AddRuleAsync(string database)
    {
        await using var services = BenchStorage.On(database);
        await services.GetRequiredService<RuleStore>().AddAsync(
            new RuleDefinition
            {
                Id = Rule,
                Version = 1,
                Name = Rule,
                RuleType = "custom",
                Expression = "price > 0",
                Trigger = new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "1m" },
            },
            null);
    }

    private sealed record Sample(double Received, double Calculated, double Evaluated, Dictionary<string, ProcessUse> Uses);

    private static async Task<Sample> SampleAsync(LocalScreener stack) => new(
        await Counters.ReadAsync(stack.Worker("data-collector"), "data_collector_candles_received_total"),
        await Counters.ReadAsync(stack.Worker("metrics-calculator"), "metrics_calculator_candles_processed_total"),
        await Counters.ReadAsync(stack.Worker("alert-engine"), "alert_engine_alerts_evaluated_total"),
        stack.Workers.Append(stack.Simulator!).ToDictionary(program => program.Name, program => ProcessUse.Of(program.ProcessId)));

    private static void Report(SystemLoad load, BenchReport report, Sample before, Sample after, TimeSpan took)
    {
        report.Add(new Measured("candle updates into the collector", load.Name, (after.Received - before.Received) / took.TotalSeconds, "/s"));
        report.Add(new Measured("candle updates through the calculator", load.Name, (after.Calculated - before.Calculated) / took.TotalSeconds, "/s", load.IsFull ? 5_000 : null, load.IsFull ? 100_000 : null, IsMoreBetter: true));
        report.Add(new Measured("rules looked at", load.Name, (after.Evaluated - before.Evaluated) / took.TotalSeconds, "/s"));
        foreach (var (name, use) in after.Uses)
        {
            var cores = (use.Cpu - before.Uses[name].Cpu) / took;
            report.Add(new Measured($"{name}: processor", load.Name, 100 * cores / Environment.ProcessorCount, "%"));
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
        report.Add(new Measured("closed candle in the collector → alert on the bus, p99", load.Name, Quantile.At(latencies, 0.99), "ms", Floor: load.Instruments == 1 ? 100 : null, Goal: load.Instruments == 1 ? 5 : null));
        var bursts = minutes.ConvertAll(minute => (double)(minute.Max(a => a.ArrivedAt) - minute.Max(a => a.ReceivedAt))).Order().ToList();
        report.Add(new Measured("minute close: last candle in → last alert out, median", load.Name, Quantile.At(bursts, 0.5), "ms", Floor: load.Instruments == 800 ? 1_000 : null, Goal: load.Instruments == 800 ? 50 : null));
        report.Add(new Measured("minute close: last candle in → last alert out, longest", load.Name, bursts[^1], "ms"));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
