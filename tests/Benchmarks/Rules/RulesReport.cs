using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.Benchmarks.Rules;

/// <summary><c>Benchmarks rules [counts…]</c>: loading, memory and frame latency with the rule mix of PRODUCT.md.</summary>
internal static class RulesReport
{
    private const int Frames = 100_000;
    private const long Minute = 60_000;
    private const long Start = 1_767_600_000_000;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        int[] counts = arguments.IsEmpty ? [10, 1_000, 100_000, 1_000_000] : [.. arguments.ToArray().Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        Measure(1_000, isQuiet: true); // warms the code
        foreach (var count in counts) Console.WriteLine(Measure(count, isQuiet: false));
        Console.WriteLine(AllAtOnePrice(counts.Max()));
        return 0;
    }

    private static string Measure(int count, bool isQuiet)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        CompiledRule[] rules = [.. new RuleMix().Definitions(count).Select(Compile)];
        var compiled = clock.Elapsed;
        var compiledBytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        clock.Restart();
        var set = RuleSet.Of(rules);
        var arranged = clock.Elapsed;
        clock.Restart();
        var lane = new RuleLane(set);
        InstrumentRules[] instruments = [.. Enumerable.Range(0, RuleMix.Instruments).Select(i => lane.Follow(RuleMix.InstrumentOf(i), "USDT"))];
        var run = new FrameRun(instruments, Start);
        run.FirstFrames();
        var warmed = clock.Elapsed;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        var quiet = run.Measure(Frames, jump: 0);
        var moving = run.Measure(Frames / 10, jump: 0.02);
        var changed = ChangeOneRule(lane, rules[0], instruments, run);
        GC.KeepAlive(set);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {count:N0} rules: compile {compiled.TotalSeconds:0.00} s ({compiled.TotalMicroseconds / count:0.0} us each), arrange {arranged.TotalSeconds:0.00} s, first frame of {RuleMix.Instruments} instruments {warmed.TotalSeconds:0.00} s
              memory {bytes / 1e6:N0} MB ({(double)bytes / count:N0} bytes per rule), of which definitions and code {compiledBytes / 1e6:N0} MB
              quiet  {quiet}
              moving {moving}
              one rule changed: new set {changed.Make.TotalMilliseconds:0.00} ms off the lane, longest frame after it {changed.Longest.TotalMilliseconds:0.000} ms
            """);
    }

    private static (TimeSpan Make, TimeSpan Longest) ChangeOneRule(RuleLane lane, CompiledRule rule, InstrumentRules[] instruments, FrameRun run)
    {
        var clock = Stopwatch.StartNew();
        var changed = lane.Rules.With([Compile(rule.Definition with { Version = 2 })], [rule]);
        var make = clock.Elapsed;
        lane.Adopt(changed);
        return (make, run.Measure(instruments.Length, jump: 0).Max);
    }

    /// <summary>The worst case: one move of one instrument makes all rules true.</summary>
    private static string AllAtOnePrice(int count)
    {
        var mix = new RuleMix();
        var lane = new RuleLane(RuleSet.Of(Enumerable.Range(0, count).Select(i => Compile(mix.AtOnePrice(i)))));
        var instrument = lane.Follow(RuleMix.InstrumentOf(0), "USDT");
        var events = new RuleEvent[1_024];
        var frame = new double[RuleMix.Catalogue.Count];
        RuleMix.Quiet(new Random(1), frame);
        instrument.Begin(frame, new Moment(Start, Start, IsClosed: false));
        while (!instrument.Step(events, out _)) { }
        frame[0] = RuleMix.Price * 1.02;
        instrument.Begin(frame, new Moment(Start + Minute, Start + Minute, IsClosed: false));
        var (clock, longest, fired) = (Stopwatch.StartNew(), TimeSpan.Zero, 0);
        for (var done = false; !done;)
        {
            var step = clock.Elapsed;
            done = instrument.Step(events, out var n);
            longest = clock.Elapsed - step > longest ? clock.Elapsed - step : longest;
            fired += n;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"all at one price: {fired:N0} firings in {clock.ElapsedMilliseconds} ms, {clock.Elapsed.TotalMicroseconds / fired:0.00} us each; longest step of {events.Length} looks {longest.TotalMilliseconds:0.000} ms");
    }

    private static CompiledRule Compile(Contracts.Rules.RuleDefinition definition)
    {
        var compilation = RuleCompiler.Compile(definition, RuleMix.Catalogue);
        return compilation.Result ?? throw new InvalidOperationException($"{definition.Expression}: {string.Join("; ", compilation.Errors)}");
    }
}
