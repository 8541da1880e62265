namespace CryptoScreener.Benchmarks.Micro;

/// <summary>One <c>[Benchmark]</c> with its parameters, set up and ready to be called.</summary>
/// <param name="Family">Its name without the parameters: one budget may count for all of them.</param>
/// <param name="Operations">How many operations one call is.</param>
/// <param name="Call">Calls it so many times.</param>
internal sealed record MicroBenchmark(string Name, string Family, int Operations, Action<int> Call);
