using BenchmarkDotNet.Attributes;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.Benchmarks.Rules;

/// <summary>A frame in which nothing fires against the promised mix of rules, beside looking at every rule that may concern its instrument.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private readonly RuleEvent[] _events = new RuleEvent[1_024];
    private readonly double[][] _frames = [.. Enumerable.Range(0, 64).Select(_ => new double[RuleMix.Catalogue.Count])];
    private CompiledRule[] _concerned = [];
    private InstrumentRules _instrument = null!;
    private long _time = 1_760_054_400_000;

    [ParamsSource(nameof(Counts))]
    public int Rules { get; set; }

    public static IEnumerable<int> Counts => [10, 1_000, 20_000];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(2);
        foreach (var frame in _frames) RuleMix.Quiet(random, frame);
        CompiledRule[] rules = [.. new RuleMix().Definitions(Rules).Select(definition => RuleCompiler.Compile(definition, RuleMix.Catalogue).Result!)];
        _instrument = new RuleLane(RuleSet.Of(rules)).Follow(RuleMix.InstrumentOf(0), "USDT");
        _concerned = [.. rules.Where(rule => rule.Definition.Universe.Include is not { Count: > 0 } only || only.Contains(RuleMix.InstrumentOf(0).Symbol))];
        foreach (var _ in _frames) QuietFrame();
    }

    [Benchmark]
    public int QuietFrame()
    {
        _time += 20;
        _instrument.Begin(_frames[_time / 20 % _frames.Length], new Moment(_time, _time - (_time % 60_000), IsClosed: false));
        var fired = 0;
        for (var done = false; !done;)
        {
            done = _instrument.Step(_events, out var n);
            fired += n;
        }

        return fired;
    }

    [Benchmark]
    public int EveryRule()
    {
        _time += 20;
        var frame = _frames[_time / 20 % _frames.Length];
        var holds = 0;
        foreach (var rule in _concerned)
            if (rule.Evaluate(frame) == Truth.True) holds++;
        return holds;
    }
}
