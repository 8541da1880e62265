using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.Hosting;

/// <summary>What one call costs its caller: the best of several runs, and the bytes it allocates.</summary>
internal sealed class HotPath(BenchReport report)
{
    private const int Runs = 7;

    /// <param name="warmUps">Runs that do not count: of few calls it takes many until the code is compiled to its best.</param>
    public void Measure(string what, int calls, Action call, Action? between = null, NumbersRow? time = null, NumbersRow? bytes = null, int warmUps = 0)
    {
        var best = double.MaxValue;
        var held = 0.0;
        for (var run = -warmUps; run < Runs; run++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++) call();
            var took = Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
            if (run >= 0) best = Math.Min(best, took);
            held = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)calls;
            between?.Invoke();
        }

        report.Add((time ?? new NumbersRow(what, null, null, "ns", "hosting")).Of("a call", best));
        report.Add((bytes ?? new NumbersRow($"{what}, allocated", null, null, "B", "hosting")).Of(what, held));
    }
}
