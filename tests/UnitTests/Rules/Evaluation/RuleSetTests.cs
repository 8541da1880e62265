using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.UnitTests.Rules.Evaluation;

public sealed class RuleSetTests
{
    private const long Minute = 60_000;
    private static readonly InstrumentId Bitcoin = new("binance-futures", "BTCUSDT");

    private readonly CompiledRule _above = Rule("above", "price > 100");
    private readonly CompiledRule _below = Rule("below", "price < 50");
    private long _time = 1_767_600_000_000;

    [Fact]
    public void An_adopted_change_keeps_what_did_not_change()
    {
        var lane = new RuleLane(RuleSet.Of([_above, _below]));
        var instrument = lane.Follow(Bitcoin, "USDT");
        Assert.Equal(["above fires"], Send(instrument, 101));
        lane.Adopt(lane.Rules.With([Rule("new", "price > 10")], []));
        Assert.Equal(["new fires"], Send(instrument, 101));
        Assert.Equal(["above ends"], Send(instrument, 99));
    }

    [Fact]
    public void A_removed_rule_is_silent_and_forgotten()
    {
        var lane = new RuleLane(RuleSet.Of([_above, _below]));
        var instrument = lane.Follow(Bitcoin, "USDT");
        Send(instrument, 101);
        lane.Adopt(lane.Rules.With([], [_above]));
        Assert.Equal(1, lane.Rules.Count);
        Assert.Empty(Send(instrument, 99));
        Assert.Empty(Send(instrument, 101));
        Assert.Empty(instrument.States);
        Assert.Equal(["below fires"], Send(instrument, 49));
    }

    [Fact]
    public void A_changed_rule_begins_anew_in_its_new_version()
    {
        var lane = new RuleLane(RuleSet.Of([_above]));
        var instrument = lane.Follow(Bitcoin, "USDT");
        Send(instrument, 101);
        lane.Adopt(lane.Rules.With([Rule("above2", "price > 100.5")], [_above]));
        Assert.Equal(["above2 fires"], Send(instrument, 101));
    }

    [Fact]
    public void Compacting_changes_nothing_that_is_seen()
    {
        var lane = new RuleLane(RuleSet.Of([_above]).With([_below], []));
        var instrument = lane.Follow(Bitcoin, "USDT");
        Assert.Equal(["above fires"], Send(instrument, 101));
        lane.Adopt(lane.Rules.Compact());
        Assert.Equal((2, 0), (lane.Rules.Count, lane.Rules.Changes));
        Assert.Empty(Send(instrument, 102));
        Assert.Equal(["above ends", "below fires"], Send(instrument, 49));
    }

    [Fact]
    public void What_was_true_before_a_change_fires_no_more_when_nothing_is_known_after_it()
    {
        var everyClose = Rule("closes", "price > 100", TriggerMode.OncePerBar);
        var lane = new RuleLane(RuleSet.Of([_below]).With([everyClose], []));
        var instrument = lane.Follow(Bitcoin, "USDT");
        Assert.Equal(["closes fires"], Send(instrument, 101));
        lane.Adopt(lane.Rules.With([Rule("new", "price > 1000")], []));
        Assert.Empty(Send(instrument, double.NaN));
        Assert.Empty(Send(instrument, double.NaN));
        Assert.Equal(["closes fires"], Send(instrument, 101));
    }

    [Fact]
    public void What_ended_at_the_frame_after_a_change_ends()
    {
        var lane = new RuleLane(RuleSet.Of([_above]));
        var instrument = lane.Follow(Bitcoin, "USDT");
        Assert.Equal(["above fires"], Send(instrument, 101));
        lane.Adopt(lane.Rules.With([_below], []).Compact());
        Assert.Equal(["above ends"], Send(instrument, 99));
    }

    [Fact]
    public void A_rule_that_was_removed_before_the_set_was_compacted_fires_no_more()
    {
        var often = Rule("often", "price > 100", TriggerMode.OncePerBar);
        var lane = new RuleLane(RuleSet.Of([often, _below]));
        var instrument = lane.Follow(Bitcoin, "USDT");
        Assert.Equal(["often fires"], Send(instrument, 101));
        lane.Adopt(lane.Rules.With([], [often]).Compact());
        for (var i = 0; i < 5; i++) Assert.Empty(Send(instrument, 102));
        Assert.Empty(instrument.States);
    }

    [Fact]
    public void A_condition_that_comes_and_goes_leaves_no_timers_behind()
    {
        var held = Rule("held", "price > 100 for 7d");
        var instrument = new RuleLane(RuleSet.Of([held])).Follow(Bitcoin, "USDT");
        for (var i = 0; i < 2_000; i++) Assert.Empty(Send(instrument, i % 2 == 0 ? 101 : 99));
        Assert.InRange(instrument.Timers, 0, 100);
    }

    [Fact]
    public void Rules_added_and_removed_at_random_leave_exactly_those_in_force()
    {
        const int seed = 404;
        var random = new Random(seed);
        var (set, expected) = (RuleSet.Empty, new HashSet<CompiledRule>());
        for (var i = 0; i < 300; i++)
        {
            var removed = expected.Where(_ => random.Next(10) == 0).ToList();
            CompiledRule[] added = random.Next(3) == 0 ? [] : [Rule($"r{i}", "price > 1")];
            set = random.Next(20) == 0 ? set.Compact() : set;
            set = set.With(added, removed);
            expected.ExceptWith(removed);
            expected.UnionWith(added);
            Assert.True(expected.SetEquals(set.Rules) && set.Count == expected.Count, $"seed {seed}, change {i}");
        }
    }

    [Fact]
    public void A_restored_state_goes_on_where_it_was()
    {
        var first = new RuleLane(RuleSet.Of([_above, _below])).Follow(Bitcoin, "USDT");
        Send(first, 101);
        var second = new RuleLane(RuleSet.Of([_above, _below])).Follow(Bitcoin, "USDT");
        foreach (var (rule, state) in first.States) second.Restore(rule, state, _time);
        Assert.Empty(Send(second, 102));
        Assert.Equal(["above ends"], Send(second, 99));
    }

    [Fact]
    public void A_tick_lets_a_hold_run_out_without_news()
    {
        var instrument = new RuleLane(RuleSet.Of([Rule("held", "price > 100 for 5m")])).Follow(Bitcoin, "USDT");
        Assert.Empty(Send(instrument, 101));
        Assert.Empty(Tick(instrument, _time + (5 * Minute) - 1));
        Assert.Equal(["held fires"], Tick(instrument, _time + (5 * Minute)));
    }

    [Fact]
    public void A_frame_that_changes_no_condition_allocates_nothing()
    {
        var instrument = new RuleLane(RuleSet.Of([_above, _below, Rule("both", "price > 1 and rsi(14, 1h) < 30 and 2 * change(5m) > change(15m)")]))
            .Follow(Bitcoin, "USDT");
        var frame = TestCatalogue.Frame(("price", 60), ("rsi(14,1h)", 50), ("change(5m)", 1), ("change(15m)", 1));
        var events = new RuleEvent[8];
        for (var i = 0; i < 3; i++) Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            frame[0] = 60 + (_time % 7);
            _time += 1_000;
            instrument.Begin(frame, new Moment(_time, _time - (_time % Minute), IsClosed: false));
            while (!instrument.Step(events, out _)) { }
        }
    }

    private static CompiledRule Rule(string id, string expression, TriggerMode mode = TriggerMode.OnEnter) =>
        RuleTexts.Compile(RuleTexts.Definition(expression, new TriggerOptions { Mode = mode, Bar = "1m" }, id: id));

    private List<string> Send(InstrumentRules instrument, double price)
    {
        _time += Minute;
        Assert.True(instrument.Begin(TestCatalogue.Frame(("price", price)), Moment.Due(_time)));
        return Finish(instrument);
    }

    private static List<string> Tick(InstrumentRules instrument, long time)
    {
        instrument.BeginTick(Moment.Due(time));
        return Finish(instrument);
    }

    private static List<string> Finish(InstrumentRules instrument)
    {
        var (seen, events) = (new List<string>(), new RuleEvent[1]);
        for (var done = false; !done;)
        {
            done = instrument.Step(events, out var count);
            foreach (var (rule, outcome) in events.AsSpan(0, count))
            {
                if (outcome.Resolves) seen.Add($"{rule.Definition.Id} ends");
                if (outcome.Fires) seen.Add($"{rule.Definition.Id} fires");
            }
        }

        seen.Sort(StringComparer.Ordinal);
        return seen;
    }
}
