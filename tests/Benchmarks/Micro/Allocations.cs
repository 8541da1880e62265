using System.Diagnostics;

namespace CryptoScreener.Benchmarks.Micro;

/// <summary>What an operation allocates once its code is compiled for good: before that, the compiler's stubs and boxes would count.</summary>
internal static class Allocations
{
    private const int Calls = 40;
    private const int Rounds = 5;

    // Long, because a busy machine compiles late; who is within the budget never waits for it.
    private static readonly TimeSpan Compiling = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one operation: the least of several rounds, taken again for a while as long as it is not what is expected.</summary>
    internal static double Of(MicroBenchmark benchmark, double expected)
    {
        var started = Stopwatch.GetTimestamp();
        var least = double.MaxValue;
        benchmark.Call(Calls);
        do
        {
            for (var round = 0; round < Rounds; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                benchmark.Call(Calls);
                least = Math.Min(least, (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls / benchmark.Operations);
            }
        }
        while (least > expected && Stopwatch.GetElapsedTime(started) < Compiling);

        return least;
    }
}
