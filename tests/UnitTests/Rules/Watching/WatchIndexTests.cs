using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Watching;

namespace CryptoScreener.UnitTests.Rules.Watching;

public sealed class WatchIndexTests
{
    private static readonly InstrumentId Bitcoin = new("binance-futures", "BTCUSDT");

    [Fact]
    public void A_step_looks_at_no_more_rules_than_its_buffer_has_places_and_none_is_dropped()
    {
        var watch = Follow(Enumerable.Range(1, 1_000).Select(i => RuleTexts.Definition($"price > {i}")));
        var (seen, steps, changes) = (new HashSet<int>(), 0, new TruthChange[16]);
        watch.Begin(TestCatalogue.Frame(("price", 5_000)));
        for (var done = false; !done; steps++)
        {
            done = watch.Step(changes, out var count);
            foreach (var change in changes.AsSpan(0, count)) Assert.True(seen.Add(change.Rule) && change.Truth == Truth.True);
        }

        Assert.Equal(1_000, seen.Count);
        Assert.InRange(steps, 1_000 / 16, (1_000 / 16) + 2);
    }

    [Fact]
    public void A_move_touches_only_the_thresholds_it_passes()
    {
        var watch = Follow(Enumerable.Range(1, 1_000).Select(i => RuleTexts.Definition($"price > {i}")));
        Assert.Equal(1_000, Changes(watch, 500.5).Count);
        Assert.Equal([500, 501, 502], Changes(watch, 503.5).Select(c => c.Rule).Order());
        Assert.Empty(Changes(watch, 503.9));
        Assert.All(Changes(watch, 501.5), c => Assert.Equal(Truth.False, c.Truth));
    }

    [Fact]
    public void A_false_conjunction_is_not_touched_by_what_it_does_not_watch()
    {
        var watch = Follow(Enumerable.Range(0, 100).Select(i => RuleTexts.Definition($"rsi(14, 1h) < 10 and price > {i}.5")));
        var changes = new TruthChange[100];
        watch.Begin(TestCatalogue.Frame(("price", 0), ("rsi(14,1h)", 50)));
        while (!watch.Step(changes, out _)) { }

        // All hundred watch the RSI, so a price that passes every threshold costs no look: one place is enough to be done.
        watch.Begin(TestCatalogue.Frame(("price", 1_000), ("rsi(14,1h)", 50)));
        Assert.True(watch.Step(changes.AsSpan(0, 1), out var count));
        Assert.Equal(0, count);
    }

    [Fact]
    public void A_number_two_rules_compute_is_one_node()
    {
        var index = WatchIndex.Build([RuleTexts.Compile("3 * change(5m) > change(15m)"), RuleTexts.Compile("change(5m) * 3 > change(15m) and price > 1")]);
        Assert.Equal(6, index.Nodes.Length); // 3, change(5m), their product, change(15m), the difference, price
    }

    [Fact]
    public void Rules_of_other_symbols_cost_an_instrument_nothing()
    {
        var other = new RuleUniverse { Include = ["ETHUSDT"] };
        var watch = Follow([RuleTexts.Definition("price > 1", universe: other), RuleTexts.Definition("price > 2")]);
        Assert.Equal([1], Changes(watch, 5).Select(c => c.Rule));
    }

    [Fact]
    public void A_universe_with_an_entry_that_looks_like_two_is_nobody_elses()
    {
        var typo = RuleTexts.Definition("price > 1", universe: new RuleUniverse { Exclude = ["ETHUSDT,SOLUSDT"] });
        var meant = RuleTexts.Definition("price > 2", universe: new RuleUniverse { Exclude = ["ETHUSDT", "BTCUSDT"] });
        var other = RuleTexts.Definition("price > 3", universe: new RuleUniverse { Exclude = ["ETHUSDT,BTCUSDT"] });
        Assert.Equal([0, 2], Changes(Follow([typo, meant, other]), 5).Select(c => c.Rule).Order());
    }

    private static InstrumentWatch Follow(IEnumerable<RuleDefinition> rules) =>
        WatchIndex.Build(rules.Select(RuleTexts.Compile)).OpenLane().Follow(Bitcoin, "USDT");

    private static List<TruthChange> Changes(InstrumentWatch watch, double price)
    {
        var changes = new TruthChange[2_000];
        watch.Begin(TestCatalogue.Frame(("price", price)));
        Assert.True(watch.Step(changes, out var count));
        return [.. changes.AsSpan(0, count)];
    }
}
