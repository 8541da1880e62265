using BenchmarkDotNet.Attributes;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Presets;

namespace CryptoScreener.Benchmarks.Rules;

/// <summary>One rule by itself: from text to something that runs, and one evaluation, which allocates nothing.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private readonly double[] _frame = new double[RuleMix.Catalogue.Count];
    private readonly RuleDefinition _preset = BuiltInRules.Screener[0];
    private CompiledRule _rule = null!;

    [GlobalSetup]
    public void Setup()
    {
        RuleMix.Quiet(new Random(1), _frame);
        _rule = CompilePreset().Result!;
    }

    [Benchmark]
    public Compilation<CompiledRule> CompilePreset() => RuleCompiler.Compile(_preset, RuleMix.Catalogue);

    [Benchmark]
    public Truth EvaluatePreset() => _rule.Evaluate(_frame);
}
