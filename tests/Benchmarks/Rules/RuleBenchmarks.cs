using BenchmarkDotNet.Attributes;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Presets;

namespace CryptoScreener.Benchmarks.Rules;

/// <summary>One rule by itself: from text to something that runs, and one evaluation, which allocates nothing.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private readonly double[] _frame = new double[RuleMix.Catalogue.Count];
    private CompiledRule _rule = null!;

    [GlobalSetup]
    public void Setup()
    {
        RuleMix.Quiet(new Random(1), _frame);
        _rule = CompilePreset().Result!;
    }

    [Benchmark]
    public Compilation<CompiledRule> CompilePreset() => RuleCompiler.Compile(BuiltInRules.Screener[0], RuleMix.Catalogue);

    [Benchmark]
    public Truth EvaluatePreset() => _rule.Evaluate(_frame);
}
