using BenchmarkDotNet.Attributes;
using CryptoScreener.Calculation;

namespace CryptoScreener.Benchmarks.Calculation;

/// <summary>What one instrument costs: the allocated bytes of making it are what it holds for ever.</summary>
[MemoryDiagnoser]
public class MemoryBenchmarks
{
    private readonly CalculationPlan _plan = CalculationPlan.Create();

    [Benchmark]
    public InstrumentState OneInstrument() => new(_plan);
}
