using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.Benchmarks.Rules;

/// <summary>What quiet frames take when every rule that may concern the instrument is looked at, each time.</summary>
internal static class EveryRule
{
    private const int Frames = 200;

    /// <returns>The 99th percentile, in microseconds.</returns>
    internal static Baseline Measure(IEnumerable<CompiledRule> rules)
    {
        CompiledRule[] concerned = [.. rules.Where(rule => rule.Definition.Universe.Include is not { Count: > 0 } only || only.Contains(RuleMix.InstrumentOf(0).Symbol))];
        var (random, frame) = (new Random(2), new double[RuleMix.Catalogue.Count]);
        var took = new List<double>(Frames);
        var holds = 0;
        for (var i = -Frames; i < Frames; i++) // the first half is the compiler's
        {
            RuleMix.Quiet(random, frame);
            var started = Stopwatch.GetTimestamp();
            foreach (var rule in concerned)
                if (rule.Evaluate(frame) == Truth.True) holds++;
            if (i >= 0) took.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        GC.KeepAlive(holds);
        took.Sort();
        return new("looking at every rule", Quantile.At(took, 0.99));
    }
}
