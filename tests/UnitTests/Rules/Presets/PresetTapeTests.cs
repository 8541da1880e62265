using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Rules.Presets;
using CryptoScreener.Rules.Triggers;
using CryptoScreener.UnitTests.Calculation;
using Leg = (int Minutes, double Percent, double Volume);

namespace CryptoScreener.UnitTests.Rules.Presets;

/// <summary>
/// Candles, not frames: for each preset a tape on which it fires in the last leg, and one whose last leg lacks a single thing of
/// that, on which it does not. A leg is so many minutes with one move in percent and one volume a minute.
/// </summary>
public sealed class PresetTapeTests
{
    private static readonly InstrumentId Coin = new("test", "COINUSDT");
    private static readonly CalculationPlan Full = CalculationPlan.Create();

    private static readonly Leg[] Day = [(960, 1, 10_000), (465, 1, 10_000)];
    private static readonly Leg[] Busy = [(960, 1, 20_000), (420, 1, 20_000), (45, 0.9, 20_000)];
    private static readonly Leg[] Turning = [(1_380, -1, 10_000), (45, -0.9, 10_000), (10, -2, 10_000)];

    private static readonly Dictionary<string, (Leg[] Before, Leg Fires, Leg Lacks)> Tapes = new()
    {
        ["futures_big_bull_60"] = (Day, (60, 2, 20_000), (60, 2, 10_000)), // the volume
        ["futures_pioneer_bull"] = (Day, (5, 1.6, 30_000), (5, 1.6, 9_000)), // the volume
        ["futures_5_big_bull"] = ([.. Busy, (10, 0.5, 20_000)], (5, 1, 50_000), (5, 0.4, 50_000)), // the move
        ["futures_15_big_bull"] = (Busy, (15, 1.5, 40_000), (15, 1.5, 21_000)), // the volume
        ["futures_top_hunter"] = ([.. Turning.Select(leg => leg with { Percent = -leg.Percent })], (5, -0.8, 30_000), (5, 0.8, 30_000)), // the turn
        ["anomaly_volume"] = (Day, (5, 0, 60_000), (5, 0, 10_000)), // the volume
        ["anomaly_return"] = (Day, (15, 6, 10_000), (15, 0.1, 10_000)), // the move
        ["anomaly_breakout"] = (Day, (15, 6, 60_000), (15, 6, 10_000)), // the volume
    };

    private static readonly Dictionary<string, string> Mirrored = new()
    {
        ["futures_big_bear_60"] = "futures_big_bull_60",
        ["futures_pioneer_bear"] = "futures_pioneer_bull",
        ["futures_5_big_bear"] = "futures_5_big_bull",
        ["futures_15_big_bear"] = "futures_15_big_bull",
        ["futures_bottom_hunter"] = "futures_top_hunter",
    };

    public static TheoryData<string> Ids => [.. BuiltInRules.All.Select(rule => rule.Id).Where(id => id != "anomaly_correlation")];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_preset_fires_once_on_its_tape_and_not_on_one_that_lacks_something(string id)
    {
        var sign = Mirrored.TryGetValue(id, out var bull) ? -1 : 1;
        var (before, fires, lacks) = Tapes[bull ?? id];
        var begin = before.Sum(leg => leg.Minutes);

        var fired = Fired(Rule(id), Candles([.. before, fires], sign), out var last);
        Assert.True(fired is [var minute] && minute >= begin, $"fired at {string.Join(' ', fired)}, the last leg begins at {begin}; in the end {last}");
        fired = Fired(Rule(id), Candles([.. before, lacks], sign), out last);
        Assert.True(fired is [], $"fired at {string.Join(' ', fired)}; in the end {last}");
    }

    [Fact]
    public void A_correlation_break_fires_when_a_follower_of_Bitcoin_goes_its_own_way_and_not_while_it_follows()
    {
        const int together = 6_000;
        const int apart = 300;
        var bitcoin = Tape.Random(5, together + apart);
        var alone = Tape.Random(6, together + apart);
        Candle[] breaks = [.. bitcoin[..together], .. alone[together..]];

        Assert.Contains(Fired(Rule("anomaly_correlation"), breaks, out _, bitcoin), minute => minute >= together);
        Assert.Empty(Fired(Rule("anomaly_correlation"), bitcoin, out _, bitcoin));
    }

    private static RuleDefinition Rule(string id) => BuiltInRules.All.Single(rule => rule.Id == id);

    /// <summary>The minutes, counted from the first, in which it fires.</summary>
    private static List<int> Fired(RuleDefinition definition, Candle[] tape, out string last, Candle[]? bitcoin = null)
    {
        var compiled = RuleCompiler.Compile(definition, Full.Catalogue).Result!;
        var plan = bitcoin is null ? CalculationPlan.Create(Timeframe.Default, [], compiled.Metrics.Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal)) : Full;
        var (state, benchmark) = (new InstrumentState(plan), new InstrumentState(plan));
        var rules = new RuleLane(RuleSet.Of([compiled.On(plan.Catalogue)]), null).Follow(Coin, "USDT");
        var (values, events, fired) = (new double[plan.Catalogue.Count], new RuleEvent[4], new List<int>());
        Array.Fill(values, double.NaN);
        for (var i = 0; i < tape.Length; i++)
        {
            state.Commit(in tape[i], CandleSource.Exchange);
            if (bitcoin is not null && i > 0) state.CompareWith(BenchmarkCloses.Of(benchmark, bitcoin[i - 1].OpenTime)); // as of the minute before
            if (bitcoin is not null) benchmark.Commit(in bitcoin[i], CandleSource.Exchange);
            if (!state.WriteClosedFrame(values)) continue;
            var minute = tape[i].OpenTime;
            if (!rules.Begin(values, new Moment(minute + Timeframe.MinuteMs - 1, minute, IsClosed: true))) continue;
            for (var isDone = false; !isDone;)
            {
                isDone = rules.Step(events, out var count);
                fired.AddRange(events.Take(count).Where(e => e.Outcome.Fires).Select(_ => i));
            }
        }

        var rule = compiled.On(plan.Catalogue);
        last = string.Join(", ", rule.Metrics.Select(metric => $"{metric.Name} {metric.In(values)}"));
        return fired;
    }

    /// <summary>A little noise on top, the same each time, so that "unusual" has something to differ from.</summary>
    private static Candle[] Candles(Leg[] legs, int sign)
    {
        var random = new Random(17);
        var (tape, price) = (new List<Candle>(), 1.0);
        foreach (var (minutes, percent, volume) in legs)
        {
            for (var i = 0; i < minutes; i++)
            {
                var open = price;
                price *= 1 + (sign * percent / 100 / minutes);
                var close = price * (1 + ((random.NextDouble() - 0.5) * 0.0002));
                var amount = volume * (0.98 + (random.NextDouble() * 0.04));
                tape.Add(new Candle(
                    Tape.Minute(tape.Count), open, Math.Max(open, close) * 1.0001, Math.Min(open, close) * 0.9999, close, amount / close, amount, 100, amount / close / 2, amount / 2));
            }
        }

        return [.. tape];
    }
}
