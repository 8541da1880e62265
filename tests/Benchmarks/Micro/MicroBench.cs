using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.Micro;

/// <summary><c>Benchmarks micro [part of a name]</c>: every micro benchmark beside its baseline, allocations and times against <c>budgets.json</c>.</summary>
internal static class MicroBench
{
    private const int Rounds = 9;
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Compiling = TimeSpan.FromMilliseconds(500);

    internal static async Task RunAsync(string[] arguments)
    {
        var budgets = Budgets.Read();
        var all = MicroBenchmarks.All().ToList();
        foreach (var benchmark in all) CallsOf(benchmark);
        await Task.Delay(Compiling, TimeProvider.System, CancellationToken.None); // in the background, once code is known to be hot
        var report = new BenchReport("micro");
        var over = new List<string>();
        foreach (var benchmark in all.Where(one => arguments is not [var part, ..] || one.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            var budget = budgets.Of(benchmark) ?? throw new InvalidOperationException($"{benchmark.Name} has no budget: add it to tests/Benchmarks/budgets.json");
            var baselineName = budget.Baseline ?? Budgets.Yardstick;
            var baseline = all.Find(one => one.Name == baselineName) ?? throw new InvalidOperationException($"{benchmark.Name}: there is no baseline {baselineName}");
            var allocated = Allocations.Of(benchmark, budget.AllocatedBytes + budget.CompilerMayMove);
            if (!budget.Allows(allocated)) over.Add($"{benchmark.Name} allocates {allocated} bytes instead of {budget.AllocatedBytes}");
            report.Add(new Measured(benchmark.Name, "allocated", allocated, "B", Goal: budget.AllocatedBytes));
            var (own, beside) = Times(benchmark, baseline);
            var time = new Measured(benchmark.Name, "time", own, "ns") { Baseline = new(baselineName, beside), MaxRatio = budget.MaxRatio };
            if (time.Ratio > budget.MaxRatio) over.Add($"{benchmark.Name} takes {time.Ratio:0.##} times as long as {baselineName}, at most {budget.MaxRatio} are allowed");
            report.Add(time);
        }

        if (over.Count > 0) throw new InvalidOperationException(string.Join(Environment.NewLine, over.Prepend("over their budgets (tests/Benchmarks/budgets.json):")));
    }

    /// <summary>The best of rounds that take turns, because what else the machine does only ever adds.</summary>
    private static (double Own, double Baseline) Times(MicroBenchmark benchmark, MicroBenchmark baseline)
    {
        var (own, beside) = (double.MaxValue, double.MaxValue);
        var (calls, baselineCalls) = (CallsOf(benchmark), CallsOf(baseline));
        for (var round = 0; round < Rounds; round++)
        {
            own = Math.Min(own, Nanoseconds(benchmark, calls));
            beside = Math.Min(beside, Nanoseconds(baseline, baselineCalls));
        }

        return (own, beside);
    }

    private static int CallsOf(MicroBenchmark benchmark)
    {
        var calls = 1;
        for (var took = TimeSpan.Zero; took < RoundLength && calls < 1 << 24; calls *= 2)
        {
            var started = Stopwatch.GetTimestamp();
            benchmark.Call(calls);
            took = Stopwatch.GetElapsedTime(started);
        }

        return calls;
    }

    private static double Nanoseconds(MicroBenchmark benchmark, int calls)
    {
        var started = Stopwatch.GetTimestamp();
        benchmark.Call(calls);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / calls / benchmark.Operations;
    }
}
