using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.UnitTests.Rules.Evaluation;

/// <summary>What the price touched within a minute, unseen by any live frame, is found at its close.</summary>
public sealed class ExtremeWatchTests
{
    private const long Minute = 60_000;
    private static readonly long Start = new DateTimeOffset(2026, 1, 5, 22, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly PriceColumns Prices = PriceColumns.Of(TestCatalogue.Full)!;

    [Fact]
    public void A_touch_that_no_frame_showed_fires_at_the_extreme_and_ends_at_the_close()
    {
        var tape = new Tape("price > 100");
        Assert.Empty(tape.Close(0, 90, 99, 95));
        var events = tape.Close(1, 90, 101, 95);
        Assert.Equal([(true, false, 101.0), (false, true, 101.0)], events.Select(e => (e.Outcome.Fires, e.Outcome.Resolves, e.TouchedAt!.Value)));
        Assert.Equal(events[0].Outcome.FiredKey, events[1].Outcome.ResolvedKey);
        Assert.Equal(Start + Minute, events[0].Outcome.FiredKey);
        Assert.Empty(tape.Close(2, 90, 99, 95));
        Assert.Equal(2, tape.Close(3, 90, 101, 95).Count);
    }

    [Fact]
    public void Both_ends_of_a_minute_are_looked_at()
    {
        var tape = new Tape("price > 100", "price < 80", "price > 200");
        tape.Close(0, 90, 95, 92);
        Assert.Equal(
            [("r0", 101.0), ("r1", 79.0)],
            tape.Close(1, 79, 101, 92).Where(e => e.Outcome.Fires).Select(e => (e.Rule.Definition.Id, e.TouchedAt!.Value)).Order());
    }

    [Fact]
    public void What_a_live_frame_of_the_minute_showed_is_not_found_again()
    {
        var tape = new Tape("price > 100");
        Assert.True(Assert.Single(tape.Live(0, 101)).Outcome.Fires);
        Assert.True(Assert.Single(tape.Live(0, 95)).Outcome.Resolves);
        Assert.Empty(tape.Close(0, 90, 101, 95));
    }

    [Fact]
    public void What_is_true_at_the_close_fires_there_and_what_stays_true_is_left_alone()
    {
        var tape = new Tape("price > 100");
        tape.Close(0, 90, 95, 92);
        Assert.Null(Assert.Single(tape.Close(1, 90, 120, 110)).TouchedAt);
        Assert.Empty(tape.Close(2, 90, 120, 110)); // it dipped below, as live frames may have shown or not
    }

    [Theory]
    [InlineData("price > 100 for 1m", TriggerMode.OnEnter)] // it did not last
    [InlineData("price > 100", TriggerMode.OncePerBarClose)]
    [InlineData("rsi(14, 1h) < 30", TriggerMode.OnEnter)] // looks at no price
    public void What_a_touch_cannot_decide_does_not_fire(string expression, TriggerMode mode)
    {
        var tape = new Tape([RuleTexts.Compile(RuleTexts.Definition(expression, new TriggerOptions { Mode = mode }))]);
        tape.Close(0, 90, 95, 92);
        Assert.Empty(tape.Close(1, 90, 120, 92));
    }

    [Fact]
    public void A_crossing_within_the_minute_is_a_touch()
    {
        var tape = new Tape("price crosses_above 100");
        tape.Close(0, 90, 99, 95);
        Assert.True(tape.Close(1, 90, 101, 95)[0].Outcome.Fires);
    }

    /// <summary>Random walks, buffers of every size: with a frame at each extreme instead, the same rules fire in the same minutes.</summary>
    [Fact]
    public void Every_entry_that_a_frame_at_the_extreme_would_have_made_is_found()
    {
        const int seed = 515;
        var random = new Random(seed);
        var found = 0;
        for (var round = 0; round < 200; round++)
        {
            string[] rules = [.. Enumerable.Range(0, 20).Select(_ => $"price {(random.Next(2) == 0 ? '>' : '<')} {95 + (random.NextDouble() * 10)}")];
            var (closes, all) = (new Tape(rules), new Tape(rules));
            var price = 100.0;
            for (var minute = 0; minute < 60; minute++)
            {
                var close = price + random.NextDouble() - 0.5;
                var (low, high) = (Math.Min(price, close) - random.NextDouble(), Math.Max(price, close) + random.NextDouble());
                var byExtremes = closes.Close(minute, low, high, close, random.Next(1, 9)).Where(e => e.Outcome.Fires).Select(e => e.Rule.Definition.Id).Order().ToList();
                var wasTrue = rules.Select((rule, i) => IsTrue(rule, price) && minute > 0).ToArray();
                var byHand = rules.Index().Where(r => !wasTrue[r.Index] && (IsTrue(r.Item, low) || IsTrue(r.Item, high))).Select(r => $"r{r.Index}").Order().ToList();
                Assert.True(byHand.SequenceEqual(byExtremes), $"seed {seed}, round {round}, minute {minute}: expected {string.Join(' ', byHand)}, found {string.Join(' ', byExtremes)}");
                found += byHand.Count;
                price = close;
            }
        }

        Assert.True(found > 1_000);

        static bool IsTrue(string rule, double price) => RuleTexts.Compile(rule).Evaluate(TestCatalogue.Frame(("price", price))) == Truth.True;
    }

    private sealed class Tape(IEnumerable<CompiledRule> rules)
    {
        private readonly InstrumentRules _rules = new RuleLane(RuleSet.Of(rules), Prices).Follow(new InstrumentId("binance-futures", "BTCUSDT"), "USDT");

        public Tape(params IEnumerable<string> expressions)
            : this(expressions.Select((text, i) => RuleTexts.Compile(RuleTexts.Definition(text, id: $"r{i}"))))
        {
        }

        public List<RuleEvent> Live(int minute, double price) =>
            Send(TestCatalogue.Frame(("price", price)), new Moment(Start + (minute * Minute) + 5_000, Start + (minute * Minute), IsClosed: false), 8);

        public List<RuleEvent> Close(int minute, double low, double high, double close, int room = 8) => Send(
            TestCatalogue.Frame(("price", close), (PriceColumns.Lowest, low), (PriceColumns.Highest, high), ("rsi(14,1h)", 50)),
            new Moment(Start + ((minute + 1) * Minute), Start + (minute * Minute), IsClosed: true), room);

        private List<RuleEvent> Send(double[] frame, Moment at, int room)
        {
            var all = new List<RuleEvent>();
            var events = new RuleEvent[room];
            Assert.True(_rules.Begin(frame, at));
            for (var done = false; !done;)
            {
                done = _rules.Step(events, out var count);
                all.AddRange(events.AsSpan(0, count));
            }

            return all;
        }
    }
}
