using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.Hosting;

/// <summary>What one call costs its caller: the best of several runs, and the bytes it allocates.</summary>
internal sealed class HotPath(BenchReport report)
{
    private const int Runs = 7;

    public void Measure(string what, int calls, Action call, Action? between = null, NumbersRow? time = null, NumbersRow? bytes = null)
    {
        var best = double.MaxValue;
        var held = 0.0;
        for (var run = 0; run < Runs; run++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++) call();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls);
            held = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)calls;
            between?.Invoke();
        }

        report.Add((time ?? new NumbersRow(what, null, null, "ns", "hosting")).Of("a call", best));
        report.Add((bytes ?? new NumbersRow($"{what}, allocated", null, null, "B", "hosting")).Of(what, held));
    }
}
