using System.Diagnostics;

namespace CryptoScreener.Benchmarks.Hosting;

/// <summary>What one call costs its caller: the best of several runs, and the bytes it allocates.</summary>
internal static class HotPath
{
    private const int Runs = 7;

    public static void Report(string what, int calls, Action call, string wanted, Action? between = null)
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

        Console.WriteLine($"{what,-46} {best,10:0.0} ns {bytes,8:0} B   {wanted}");
    }
}
