using System.Diagnostics;
using System.Globalization;
using System.Text;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>The whole screener at several sizes, everything on this machine: processor and memory of every process, closes, and every route meanwhile.</summary>
internal static class ScaleTable
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    internal static async Task RunAsync(IReadOnlyList<int> sizes)
    {
        var report = new BenchReport("scale");
        var rows = new StringBuilder();
        List<MeasuredSize> measured = [];
        foreach (var instruments in sizes) rows.AppendLine(await MeasureAsync(instruments, report, measured));
        var table = $"""
            # Scale

            {BenchRun.Machine}, commit {BenchRun.Commit}, run {BenchRun.Id}. Cores and MB: collector / calculator / engine / gateway / servers.

            | instruments | updates/s | cores | MB | close → alert p99, ms | burst, ms | slowest route, p95 ms | load |
            |---|---|---|---|---|---|---|---|
            {rows}
            The model of docs/CAPACITY.md by these sizes:

            {CostModel.TableOf(measured)}
            """;
        File.WriteAllText(Path.Combine(BenchRun.Folder, "scale-table.md"), table);
        Console.WriteLine(table);
    }

    private static async Task<string> MeasureAsync(int instruments, BenchReport report, List<MeasuredSize> measured)
    {
        // Three minutes that end in ten seconds of ours each; five thousand instruments with a quarter of the updates, or one machine has no room for it.
        var load = new SystemLoad(instruments, Rate: instruments > 1_000 ? 1 : 4, Speed: 6, Minutes: 3)
        {
            LeastTrades = 40,
            Settings = new Dictionary<string, string> { ["Collector__BackfillHours"] = "1", ["Collector__TopByVolume"] = "10000" },
        };
        await using var stack = await SystemStack.StartAsync(load, "scale", EveryClose.AddAsync);
        await using var alerts = new AlertWatch(stack.Nats.Url, EveryClose.Rule);
        await Task.Delay(Settling, TimeProvider.System, CancellationToken.None);
        alerts.Take();
        var before = await Sample.TakeAsync(stack);
        await Task.Delay(TimeSpan.FromMinutes((double)load.Minutes / load.Speed), TimeProvider.System, CancellationToken.None);
        var after = await Sample.TakeAsync(stack);
        var (p99, burst) = Closes(alerts.Take());
        // As many updates as before, in minutes that last one.
        await stack.SetSpeedAsync(1);
        var routes = await RestRoutes.MeasureAsync(stack.Api, (await File.ReadAllTextAsync(stack.AdminKeyFile)).Trim(), load.Name, report);
        var seconds = Stopwatch.GetElapsedTime(before.Taken, after.Taken).TotalSeconds;
        var updates = (after.Received - before.Received) / seconds;
        report.Add(new Measured("updates", load.Name, updates, "/s", IsMoreBetter: true));
        report.Add(new Measured("closed candle in the collector → alert on the bus, p99", load.Name, p99, "ms"));
        report.Add(new Measured("minute close: last candle in → last alert out, median", load.Name, burst, "ms"));
        var size = new MeasuredSize(
            instruments, updates, Each(before, after, use => (use.After.Cpu - use.Before.Cpu).TotalSeconds / seconds), Each(before, after, use => use.After.ResidentBytes / 1e6));
        measured.Add(size);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {instruments} | {updates:0} | {Joined(size.Cores, "0.00")} | {Joined(size.Megabytes, "0")} | {p99:0} | {burst:0} | {routes} | {BenchRun.Load} |");
    }

    private static (double P99, double Burst) Closes(List<AlertWatch.Arrival> arrivals)
    {
        arrivals.RemoveAll(arrival => arrival.ReceivedAt == 0); // of a candle that no socket brought
        if (arrivals.Count == 0) return (double.NaN, double.NaN);
        var latencies = arrivals.Select(arrival => arrival.ArrivedAt - arrival.ReceivedAt).Order().ToList();
        var bursts = arrivals.GroupBy(arrival => arrival.Minute).Select(minute => minute.Max(a => a.ArrivedAt) - minute.Max(a => a.ReceivedAt)).Order().ToList();
        return (Quantile.At(latencies, 0.99), Quantile.At(bursts, 0.5));
    }

    private static double[] Each(Sample before, Sample after, Func<(ProcessUse Before, ProcessUse After), double> figure)
    {
        double Of(params string[] names) => names.Sum(name => figure((before.Uses[name], after.Uses[name])));
        return [Of("data-collector"), Of("metrics-calculator"), Of("alert-engine"), Of("api-gateway"), Of("nats", "redis", "postgres")];
    }

    private static string Joined(IEnumerable<double> values, string format) => string.Join(" / ", values.Select(value => value.ToString(format, CultureInfo.InvariantCulture)));
}
