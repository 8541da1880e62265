using CryptoScreener.AlertEngine;
using CryptoScreener.AlertEngine.Evaluation;
using CryptoScreener.AlertEngine.Replay;
using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.AlertEngine.Suppression;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Storage.Replays;
using CryptoScreener.Testing;
using CryptoScreener.UnitTests.Calculation;
using CryptoScreener.UnitTests.Rules;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.UnitTests.AlertEngine.Replay;

/// <summary>The same tape through the live evaluation of a calculator's full frames, and through a replay.</summary>
public sealed class LiveEqualsReplayTests
{
    private const int Minutes = 6_000;
    private static readonly CalculationPlan Full = CalculationPlan.Create();

    private static readonly RuleDefinition[] Rules =
    [
        AtClose("rise", "change(5m) > 0.8 and volume(5m) > volume(15m) / 4", "1m"),
        AtClose("cross", "crosses_above(ema(9, 5m), ema(21, 5m))", "5m"),
        AtClose("hold", "rsi(14, 5m) > 52 for 3m", "15m"),
        AtClose("hour", "change(1h) < 0", "1h", options => options with { CooldownSeconds = 7_200 }),
        AtClose("new", "price > 0.998 * high(1h) and range(15m) > natr(14, 15m)", "1m", options => options with { MaxPerHour = 2, RearmSeconds = 120 }),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Alerts_at_bar_closes_are_the_same(int seed)
    {
        var tape = Tape.Random(seed, Minutes);
        var random = new Random(seed);
        var isMissing = tape.Select(_ => random.Next(500) == 0).ToArray();

        var live = Live(tape, isMissing);
        var replayed = Replayed(tape, isMissing);

        Assert.True(live.Select(alert => alert.RuleId).Distinct().Count() == Rules.Length, $"only {string.Join(' ', live.Select(a => a.RuleId).Distinct())} fired");
        Assert.Equal(live.Select(alert => (alert.RuleId, alert.Id, alert.Price)).Order(), replayed.Order());
    }

    private static List<AlertEvent> Live(Candle[] tape, bool[] isMissing)
    {
        var time = new ManualTime(DateTimeOffset.FromUnixTimeMilliseconds(Tape.Start));
        var book = new RulesInForce(NullLogger<RulesInForce>.Instance);
        book.Replace(Rules);
        var options = new EngineOptions();
        var evaluator = new PartitionEvaluator(
            1, new LaneRules(book), new QuoteAssets(), new AlertComposer(options, time), new Suppressor(new SilenceBook(), options));
        var state = new InstrumentState(Full);
        var values = new double[Full.Catalogue.Count];
        var events = new List<AlertEvent>();
        for (var i = 0; i < tape.Length; i++)
        {
            var minute = tape[i].OpenTime;
            if (!isMissing[i])
            {
                state.Commit(tape[i], CandleSource.Exchange);
                state.WriteClosedFrame(values);
                var header = new FrameHeader(true, Full.Catalogue.Hash, minute, minute + 60_003, 0, 0, 1, 0);
                var frame = new EvaluationItem(0, TestEvaluator.Bitcoin, Full.Catalogue, header, values, values.Length);
                for (var isDone = !evaluator.Begin(frame, out _); !isDone;) isDone = evaluator.Step(frame, events);
            }

            evaluator.Marked(new Mark(TestEvaluator.Bitcoin.Exchange, 0, minute, 1, [], 0, 1));
        }

        return [.. events.Where(alert => alert.State == AlertState.Fired)];
    }

    private static List<(string Rule, string Id, double Price)> Replayed(Candle[] tape, bool[] isMissing)
    {
        var request = new ReplayRequest { Rules = Rules, From = Tape.Start, To = Tape.Minute(Minutes) };
        var plan = ReplayPlan.Of(request);
        var tally = new ReplayTally(plan);
        var instrument = new ReplayInstrument(plan, new RuleLane(plan.Set, plan.Prices), TestEvaluator.Bitcoin, "USDT", tally);
        for (var i = 0; i < tape.Length; i++)
            if (!isMissing[i]) instrument.Closed(in tape[i]);
        return [.. plan.Rules.SelectMany(rule => tally.Of(rule).Select(firing => (rule.Definition.Id, firing.Id, firing.Price)))];
    }

    private static RuleDefinition AtClose(string id, string expression, string bar, Func<TriggerOptions, TriggerOptions>? options = null)
    {
        var trigger = new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = bar };
        return RuleTexts.Definition(expression, options?.Invoke(trigger) ?? trigger, id: id);
    }
}
