using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Rules.Triggers;
using CryptoScreener.UnitTests.Rules.Watching;

namespace CryptoScreener.UnitTests.Rules.Evaluation;

public sealed class InstrumentRulesTests
{
    private const int Sets = 250;
    private const int Minutes = 150;
    private const long Minute = 60_000;
    private static readonly long Start = new DateTimeOffset(2026, 1, 5, 22, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly InstrumentId Bitcoin = new("binance-futures", "BTCUSDT");

    /// <summary>Some 110,000 frames: watching plus timers fires and ends what asking every rule about every frame does.</summary>
    [Fact]
    public void Firings_and_ends_are_those_of_asking_every_rule_about_every_frame()
    {
        const int seed = 31_337;
        var events = 0L;
        Parallel.For(0, Sets, set =>
        {
            var random = new Random(seed + set);
            var generator = new RandomRules(random);
            CompiledRule[] rules = [.. Enumerable.Range(0, 12).Select(i => generator.Rule(i, RandomTriggers.Next(random)))];
            var instrument = new RuleLane(RuleSet.Of(rules)).Follow(Bitcoin, "USDT");
            var byHand = new EveryRuleEveryFrame(rules);
            foreach (var (frame, at) in Tape(random, generator))
            {
                var expected = byHand.On(frame, at);
                var actual = Run(instrument, frame, at, random);
                Interlocked.Add(ref events, actual.Count);
                Assert.True(
                    expected.SetEquals(actual) && expected.Count == actual.Count,
                    $"seed {seed + set}, {at}: expected [{Describe(expected)}] but saw [{Describe(actual)}]");
            }
        });
        Assert.True(events > 40_000, $"only {events} events: the tapes prove little");
    }

    /// <summary>An engine that catches up hears of the present while it still reads of the past.</summary>
    [Fact]
    public void Bars_fire_by_their_closes_however_far_live_news_runs_ahead()
    {
        const int seed = 4_711;
        var fired = 0;
        for (var set = 0; set < Sets; set++)
        {
            var random = new Random(seed + set);
            var generator = new RandomRules(random);
            CompiledRule[] rules = [.. Enumerable.Range(0, 12).Select(i => generator.Rule(i, new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = i % 2 == 0 ? "1m" : "5m" }))];
            var instrument = new RuleLane(RuleSet.Of(rules)).Follow(Bitcoin, "USDT");
            var byHand = new EveryRuleEveryFrame(rules);
            var frame = TestCatalogue.Frame();
            for (var minute = Start; minute < Start + (Minutes * Minute); minute += Minute)
            {
                var ahead = minute + (random.Next(10) * Minute);
                Run(instrument, frame = generator.Next(frame), new Moment(ahead + 20_000, ahead, IsClosed: false), random);
                frame = generator.Next(frame);
                var close = new Moment(minute + Minute, minute, IsClosed: true);
                var expected = byHand.On(frame, close);
                var actual = Run(instrument, frame, close, random);
                fired += actual.Count;
                Assert.True(expected.SetEquals(actual), $"seed {seed + set}, {close}: expected [{Describe(expected)}] but saw [{Describe(actual)}]");
            }
        }

        Assert.True(fired > 10_000, $"only {fired} events: the tapes prove little");
    }

    [Fact]
    public void A_frame_that_comes_too_late_is_refused()
    {
        var instrument = new RuleLane(RuleSet.Of([RuleTexts.Compile("price > 1")])).Follow(Bitcoin, "USDT");
        var frame = TestCatalogue.Frame(("price", 2));
        Assert.True(instrument.Begin(frame, new Moment(Start, Start, IsClosed: true)));
        while (!instrument.Step(new RuleEvent[4], out _)) { }
        Assert.False(instrument.Begin(frame, new Moment(Start + 5, Start, IsClosed: false)));
        Assert.False(instrument.Begin(frame, new Moment(Start - 5, Start - Minute, IsClosed: true)));
        Assert.True(instrument.Begin(frame, new Moment(Start, Start, IsClosed: true)));
    }

    [Fact]
    public void A_frame_cannot_begin_before_the_last_one_is_done()
    {
        var instrument = new RuleLane(RuleSet.Of([RuleTexts.Compile("price > 1")])).Follow(Bitcoin, "USDT");
        instrument.Begin(TestCatalogue.Frame(("price", 2)), Moment.Due(Start));
        Assert.Throws<InvalidOperationException>(() => instrument.Begin(TestCatalogue.Frame(("price", 2)), Moment.Due(Start + 1)));
    }

    internal static List<RuleEvent> Run(InstrumentRules instrument, double[] frame, Moment at, Random random)
    {
        var all = new List<RuleEvent>();
        if (!instrument.Begin(frame, at)) return all;
        var events = new RuleEvent[random.Next(1, 8)];
        for (var done = false; !done;)
        {
            done = instrument.Step(events, out var count);
            all.AddRange(events.AsSpan(0, count));
        }

        return all;
    }

    /// <summary>Minutes of a few live frames and a close, some of them lost or without data.</summary>
    internal static IEnumerable<(double[] Frame, Moment At)> Tape(Random random, RandomRules generator)
    {
        var frame = TestCatalogue.Frame();
        for (var i = 0; i < Minutes; i++)
        {
            var minute = Start + (i * Minute);
            for (var at = minute + random.Next(40_000); at < minute + Minute; at += random.Next(1, 40_000))
            {
                frame = generator.Next(frame);
                yield return (frame, new Moment(at, minute, IsClosed: false));
            }

            if (random.Next(8) == 0) continue;
            frame = generator.Next(frame);
            yield return (random.Next(20) == 0 ? [] : frame, new Moment(minute + Minute + random.Next(500), minute, IsClosed: true));
        }
    }

    private static string Describe(IEnumerable<RuleEvent> events) =>
        string.Join("; ", events.Select(e => $"{e.Rule.Definition.Expression} / {e.Rule.Definition.Trigger}: {e.Outcome}"));

    private sealed class EveryRuleEveryFrame(CompiledRule[] rules)
    {
        private readonly TriggerState[] _states = new TriggerState[rules.Length];
        private (long Minute, double[] Frame) _last = (0, []);
        private (long Minute, double[] Frame) _before = (0, []);

        public HashSet<RuleEvent> On(double[] frame, Moment at)
        {
            var previous = at.Minute > _last.Minute ? _last.Frame : _before.Frame;
            var events = new HashSet<RuleEvent>();
            for (var i = 0; i < rules.Length; i++)
            {
                if (!CryptoScreener.Rules.Watching.UniverseFilter.Includes(rules[i].Definition.Universe, Bitcoin, "USDT")) continue;
                var outcome = TriggerMachine.Next(ref _states[i], rules[i].Trigger, rules[i].Evaluate(frame, previous), at);
                if (outcome.Fires || outcome.Resolves) events.Add(new RuleEvent(rules[i], outcome));
            }

            if (at.IsClosed && frame.Length > 0) (_before, _last) = (_last, (at.Minute, frame));
            return events;
        }
    }
}
