using System.Globalization;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>The whole screener under a load, everything ready.</summary>
internal static class SystemStack
{
    internal static async Task<LocalScreener> StartAsync(SystemLoad load, string log, Func<LocalScreener, Task>? prepareAsync = null)
    {
        var stack = new LocalScreener(new LocalScreenerOptions
        {
            LogDirectory = Repository.PathOf("artifacts", "bench", "logs", log),
            SimulatorArguments =
            [
                "--instruments", Text(load.Instruments), "--rate", Text(load.Rate), "--speed", Text(load.Speed),
                "--leasttrades", Text(load.LeastTrades), "--seed", "1", "--weightlimit", "1000000", "--streamsperconnection", "1024",
            ],
            Settings = new Dictionary<string, string>(load.Settings) { ["Logging__LogLevel__Default"] = "Warning", ["Collector__HistoryBars"] = "0" },
        });
        try
        {
            await stack.StartServersAsync(_ => { }, CancellationToken.None);
            if (prepareAsync is not null) await prepareAsync(stack);
            await stack.StartExchangeAsync(CancellationToken.None);
            await stack.StartWorkersAsync(CancellationToken.None);
            foreach (var worker in stack.Workers) await ReadyAsync(worker, load);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    internal static async Task ReadyAsync(LocalProgram worker, SystemLoad load)
    {
        // A day of minutes is loaded first, of which the exchange grants 340 instruments a minute, and none at the end of the minute that we begin in.
        var patience = TimeSpan.FromMinutes(2 + (load.Instruments / 340.0));
        using var end = new CancellationTokenSource(patience);
        while (!(await worker.ReadyAsync(CancellationToken.None)).Ready)
        {
            if (end.IsCancellationRequested) throw new TimeoutException($"{worker.Name} is not ready after {patience.TotalSeconds:0} s: {(await worker.ReadyAsync(CancellationToken.None)).Said}; log {worker.LogFile}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
