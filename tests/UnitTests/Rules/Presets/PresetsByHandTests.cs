using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Rules.Presets;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.UnitTests.Rules.Presets;

/// <summary>The presets once more, straight from the product's table in C#, against the language on random frames.</summary>
public sealed class PresetsByHandTests
{
    private const int Frames = 50_000;
    private const long Minute = 60_000;
    private const long Start = 1_767_600_000_000;

    private sealed record Market(double C5m, double C15m, double C1h, double C8h, double C1d, double V5m, double V15m, double V1h, double V8h, double V1d)
    {
        public Market Mirrored() => this with { C5m = -C5m, C15m = -C15m, C1h = -C1h, C8h = -C8h, C1d = -C1d };
    }

    private static readonly Dictionary<string, Func<Market, bool>> ByHand = new()
    {
        ["futures_big_bull_60"] = Big60,
        ["futures_big_bear_60"] = m => Big60(m.Mirrored()),
        ["futures_pioneer_bull"] = Pioneer,
        ["futures_pioneer_bear"] = m => Pioneer(m.Mirrored()),
        ["futures_5_big_bull"] = Big5,
        ["futures_5_big_bear"] = m => Big5(m.Mirrored()),
        ["futures_15_big_bull"] = Big15,
        ["futures_15_big_bear"] = m => Big15(m.Mirrored()),
        ["futures_bottom_hunter"] = m => m.C1h < -0.7 && m.C15m < -0.6 && m.C5m > 0.5 && m.V5m > m.V15m / 2 && m.V5m > m.V1h / 8,
        ["futures_top_hunter"] = m => m.C1h > 0.7 && m.C15m > 0.6 && m.C5m < -0.5 && m.V5m > m.V15m / 2 && m.V5m > m.V1h / 8,
    };

    public static TheoryData<string> Ids => [.. BuiltInRules.Screener.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_preset_equals_its_conditions_written_by_hand(string id)
    {
        const int seed = 7_411;
        var random = new Random(seed);
        var rule = RuleTexts.Compile(BuiltInRules.Screener.Single(r => r.Id == id));
        var byHand = ByHand[id];
        var fired = 0;
        for (var i = 0; i < Frames; i++)
        {
            var market = Draw(random);
            var expected = byHand(market);
            var actual = rule.Evaluate(FrameOf(market));
            Assert.True(expected == (actual == Truth.True) && actual != Truth.Unknown, $"seed {seed}, frame {i}: {market} gave {actual}");
            if (expected) fired++;
        }

        Assert.InRange(fired, Frames / 500, Frames / 2); // otherwise the frames would prove nothing
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_preset_that_holds_is_unknown_as_soon_as_one_of_its_numbers_is(string id)
    {
        var random = new Random(12);
        var rule = RuleTexts.Compile(BuiltInRules.Screener.Single(r => r.Id == id));
        var market = Draw(random);
        while (!ByHand[id](market)) market = Draw(random);
        foreach (var metric in rule.Metrics)
        {
            var frame = FrameOf(market);
            frame[metric.Column] = double.NaN;
            Assert.Equal(Truth.Unknown, rule.Evaluate(frame));
        }
    }

    /// <summary>By default a preset fires on entering, is over after five quiet minutes, and only then may fire again.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void A_preset_fires_at_the_minute_its_tape_says_and_once_per_episode(string id)
    {
        var random = new Random(99);
        var (calm, stirred) = (Draw(random), Draw(random));
        while (ByHand[id](calm)) calm = Draw(random);
        while (!ByHand[id](stirred)) stirred = Draw(random);
        var instrument = new RuleLane(RuleSet.Of([RuleTexts.Compile(BuiltInRules.Screener.Single(r => r.Id == id))]))
            .Follow(new InstrumentId("binance-futures", "BTCUSDT"), "USDT");
        var seen = new List<string>();
        foreach (var (minute, isStirred) in "..x..xx.x......x..".Select((c, i) => (i, c == 'x')))
        {
            var open = Start + (minute * Minute);
            foreach (var isClosed in new[] { false, true })
            {
                instrument.Begin(FrameOf(isStirred ? stirred : calm), new Moment(open + 30_000, open, isClosed));
                seen.AddRange(Finish(instrument));
            }
        }

        Assert.Equal(["fires 2", "ends 2", "fires 15"], seen);
    }

    private static IEnumerable<string> Finish(InstrumentRules instrument)
    {
        var events = new RuleEvent[4];
        Assert.True(instrument.Step(events, out var count));
        foreach (var (_, outcome) in events.Take(count))
        {
            if (outcome.Resolves) yield return $"ends {(outcome.ResolvedKey - Start) / Minute}";
            if (outcome.Fires) yield return $"fires {(outcome.FiredKey - Start) / Minute}";
        }
    }

    private static bool Big60(Market m) =>
        m.C1h > 1.6 && m.C1d < 15 && m.C8h > m.C1h && m.C1d > m.C8h && m.V1h > 500e3 && m.V8h > 5e6 && 6 * m.V1h > m.V8h && 16 * m.V1h > m.V1d;

    private static bool Pioneer(Market m) => m.C5m > 1 && m.C15m > 1 && 3 * m.C5m > m.C15m && 2 * m.V5m > m.V15m;

    private static bool Big5(Market m) =>
        m.C5m > 0.6 && m.C1d < 15 && m.C15m > m.C5m && m.C1h > m.C15m && m.V5m > 100e3 && m.V1h > 1e6
        && m.V5m > m.V15m / 3 && m.V5m > m.V1h / 6 && m.V5m > m.V8h / 66;

    private static bool Big15(Market m) =>
        m.C15m > 1 && m.C1d < 15 && m.C1h > m.C15m && m.C8h > m.C1h && m.V15m > 400e3 && m.V1h > 1e6 && m.V15m > m.V1h / 3 && m.V15m > m.V8h / 26;

    /// <summary>Near the presets' borders, so that every condition decides now and then: steps upwards or downwards, values on the border included.</summary>
    private static Market Draw(Random random)
    {
        var sign = random.Next(2) == 0 ? 1 : -1;
        var c5 = Step(0.5) * (random.Next(3) == 0 ? -1 : 1);
        var c15 = Math.Abs(c5) + Step(0.4);
        var c1h = c15 + Step(0.4);
        var c8h = c1h + Step(0.8);
        var v5 = 100e3 * (1 + random.Next(40));
        var v15 = v5 * (1 + (random.NextDouble() * 2.5));
        var v1h = v15 * (1 + (random.NextDouble() * 3));
        var v8h = v1h * (1 + (random.NextDouble() * 7));
        return new Market(
            sign * c5, sign * c15, sign * c1h, sign * c8h, sign * (c8h + Step(2)), v5, v15, v1h, v8h, v8h * (1 + (random.NextDouble() * 2)));

        double Step(double size) => Math.Round(((random.NextDouble() * 4) - 0.2) * size, 1);
    }

    private static double[] FrameOf(Market m) => TestCatalogue.Frame(
        ("change(5m)", m.C5m), ("change(15m)", m.C15m), ("change(1h)", m.C1h), ("change(8h)", m.C8h), ("change(1d)", m.C1d),
        ("volume(5m)", m.V5m), ("volume(15m)", m.V15m), ("volume(1h)", m.V1h), ("volume(8h)", m.V8h), ("volume(1d)", m.V1d));
}
