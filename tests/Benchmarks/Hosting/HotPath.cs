using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.Hosting;

/// <summary>What one call costs its caller: the best of several runs, and the bytes it allocates.</summary>
internal sealed class HotPath(BenchReport report)
{
    private const int Runs = 7;

    public void Measure(string what, int calls, Action call, Action? between = null, double? floor = null, double? goal = null, double? bytesGoal = null)
    {
        var best = double.MaxValue;
        var bytes = 0.0;
        for (var run = 0; run < Runs; run++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++) call();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)calls;
            between?.Invoke();
        }

        report.Add(new Measured(what, "a call", best, "ns", floor, goal));
        report.Add(new Measured(what, "a call", bytes, "B", Goal: bytesGoal));
    }
}
