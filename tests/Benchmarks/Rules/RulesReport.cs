using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.Benchmarks.Rules;

/// <summary><c>Benchmarks rules [counts…]</c>: loading, memory and frame latency with the promised mix of rules.</summary>
internal static class RulesReport
{
    private const int AllRules = 1_000_000; // as many as the goals name: with a few, a frame is shared by hardly any transitions
    private const string Quiet = "quiet frame";
    private const int Frames = 100_000;
    private const long Minute = 60_000;
    private const long Start = 1_767_600_000_000;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        int[] counts = arguments.IsEmpty ? [10, 1_000, 100_000, 1_000_000] : [.. arguments.ToArray().Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        Measure(1_000, report: null); // warms the code
        var report = new BenchReport("rules");
        foreach (var count in counts) Measure(count, report);
        AllAtOnePrice(counts.Max(), report);
        return 0;
    }

    private static void Measure(int count, BenchReport? report)
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
        if (report is null) return;
        var of = string.Create(CultureInfo.InvariantCulture, $"{count:N0} rules");
        report.Add(new Measured("parse and compile, each", of, compiled.TotalMicroseconds / count, "us"));
        report.Add(new Measured("parse, compile and arrange", of, (compiled + arranged).TotalSeconds, "s"));
        report.Add(new Measured($"first frames of {RuleMix.Instruments} instruments", of, warmed.TotalSeconds, "s"));
        report.Add(new Measured("memory", of, bytes / 1e6, "MB", count >= 1_000_000 ? 1_000 : null));
        report.Add(new Measured("memory, each rule", of, (double)bytes / count, "B"));
        report.Add(new Measured("of which definition and code, each rule", of, (double)compiledBytes / count, "B"));
        Add(quiet, Quiet, of, report, count >= AllRules ? EveryRule.Measure(rules) : null);
        Add(moving, "moving frame", of, report);
        if (count >= AllRules) report.Add(Numbers.Transition.Of($"{of}, {moving.Events:N0} in {moving.Frames:N0} moving frames, the frames included", moving.Spent.TotalMicroseconds / moving.Events));
        report.Add(new Measured("one rule changed: new set, beside the lane", of, changed.Make.TotalMilliseconds, "ms"));
        report.Add(new Measured("one rule changed: longest frame after it", of, changed.Longest.TotalMilliseconds, "ms", Goal: 1)); // one of 800: no floor stands on that
        report.Add(new Measured("one rule changed: allocated for each instrument", of, changed.Bytes, "B"));
    }

    /// <summary>Quiet: nothing fires. Moving: prices jump across the levels of rules.</summary>
    private static void Add(Latencies frame, string what, string of, BenchReport report, Baseline? everyRule = null)
    {
        report.Add(new Measured($"{what}, p50", of, frame.P50.TotalMicroseconds, "us"));
        report.Add(everyRule is not null ? Numbers.QuietFrame.Of(of, frame.P99.TotalMicroseconds, everyRule) : new Measured($"{what}, p99", of, frame.P99.TotalMicroseconds, "us", 1_000));
        report.Add(new Measured($"{what}, longest", of, frame.Max.TotalMicroseconds, "us"));
        report.Add(new Measured($"{what}, allocated", of, frame.BytesPerFrame, "B", frame.Events == 0 ? 0 : null));
        if (frame.Events > 0) report.Add(new Measured($"{what}, each of {frame.Events} transitions", of, frame.Spent.TotalMicroseconds / frame.Events, "us"));
    }

    private static (TimeSpan Make, TimeSpan Longest, double Bytes) ChangeOneRule(RuleLane lane, CompiledRule rule, InstrumentRules[] instruments, FrameRun run)
    {
        GC.Collect(); // what the frames before have left behind is not the change's
        var clock = Stopwatch.StartNew();
        var changed = lane.Rules.With([Compile(rule.Definition with { Version = 2 })], [rule]);
        var make = clock.Elapsed;
        lane.Adopt(changed);
        var after = run.Measure(instruments.Length, jump: 0);
        return (make, after.Max, after.BytesPerFrame);
    }

    /// <summary>The worst case: one move of one instrument makes all rules true.</summary>
    private static void AllAtOnePrice(int count, BenchReport report)
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

        var of = string.Create(CultureInfo.InvariantCulture, $"{fired:N0} firings");
        report.Add(new Measured("all at one price", of, clock.Elapsed.TotalMilliseconds, "ms"));
        report.Add(new Measured("all at one price, each transition", of, clock.Elapsed.TotalMicroseconds / fired, "us"));
        report.Add(new Measured($"all at one price, longest step of {events.Length} looks", of, longest.TotalMilliseconds, "ms"));
    }

    private static CompiledRule Compile(Contracts.Rules.RuleDefinition definition)
    {
        var compilation = RuleCompiler.Compile(definition, RuleMix.Catalogue);
        return compilation.Result ?? throw new InvalidOperationException($"{definition.Expression}: {string.Join("; ", compilation.Errors)}");
    }
}
