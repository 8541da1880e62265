using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary><c>Benchmarks idle</c>: ten instruments as they are in life, four workers and three servers, and what all of it takes of the machine.</summary>
internal static class IdleBench
{
    private static readonly SystemLoad Load = new(Instruments: 10, Rate: 4, Speed: 1, Minutes: 1) { LeastTrades = 0 };
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2); // the compiler comes back to what is hot for more than a minute
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2); // whole minutes: each has its closes

    public static async Task RunAsync()
    {
        var report = new BenchReport("idle");
        await using var stack = await SystemStack.StartAsync(Load, "idle");
        await Task.Delay(Settling, TimeProvider.System, CancellationToken.None);
        var (before, clock) = (StackUse.Of(stack), Stopwatch.StartNew());
        await Task.Delay(Length, TimeProvider.System, CancellationToken.None);
        var (after, took) = (StackUse.Of(stack), clock.Elapsed);
        foreach (var (name, use) in after)
        {
            report.Add(new Measured("processor, of the machine", name, OfMachine(use.Cpu - before[name].Cpu, took), "%"));
            report.Add(new Measured("memory", name, use.ResidentBytes / 1e6, "MB"));
        }

        var ours = after.Where(process => process.Key != StackUse.Simulator).ToList();
        report.Add(Numbers.TenProcessor.Of("workers and servers", ours.Sum(process => OfMachine(process.Value.Cpu - before[process.Key].Cpu, took))));
        report.Add(Numbers.TenMemory.Of("workers and servers", ours.Sum(process => process.Value.ResidentBytes / 1e6)));
    }

    private static double OfMachine(TimeSpan processor, TimeSpan took) => 100 * (processor / took) / Environment.ProcessorCount;
}
