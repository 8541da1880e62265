using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.UnitTests.Calculation;

public class BarTests
{
    private static readonly CalculationPlan Plan = CalculationPlan.Create();

    [Theory]
    [InlineData(1, 700)]
    [InlineData(5, 1500)]
    [InlineData(15, 3500)]
    public void Frames_hold_what_batch_says_of_the_bars_bit_for_bit(int timeframe, int minutes)
    {
        const int Seed = 17;
        var tape = Tape.Random(Seed, minutes);
        var state = new InstrumentState(Plan);
        var expected = Batch(new Timeframe(timeframe), tape);
        for (var i = 0; i < minutes; i++)
        {
            state.Merge(Tape.Forming(in tape[i], 0.5));
            if (i % 3 == 0) state.WriteLiveFrame(new double[Plan.Catalogue.Count]);
            state.Commit(in tape[i], CandleSource.Exchange);
            if ((i + 1) % timeframe != 0 || i % 7 > 2) continue;
            var frame = state.Closed();
            foreach (var (column, values) in expected)
            {
                var (expectedValue, name) = (values[i / timeframe], Plan.Catalogue.Metrics[column].Name);
                Assert.True(expectedValue.Equals(frame[column]), $"seed {Seed}, minute {i}, {name}: {expectedValue:R}, frame {frame[column]:R}");
            }

        }
    }

    [Fact]
    public void A_forming_bar_is_previewed_from_its_closed_minutes_and_the_forming_one()
    {
        var tape = Tape.Random(18, 1000);
        var state = Frames.Feed(Plan, tape.AsSpan(0, 907));
        var forming = Tape.Forming(in tape[907], 0.6);
        state.Merge(in forming);
        var bars = BarsOf(new Timeframe(5), [.. tape[..907], forming]);
        Assert.Equal(Values("rsi", [14], bars)[^1], state.Live("rsi(14,5m)"));
        Assert.Equal(Values("bb_upper", [20, 2], bars)[^1], state.Live("bb_upper(20,2,5m)"));
        Assert.Equal(Values("vwap", [], bars)[^1], state.Live("vwap(5m)"));
    }

    [Fact]
    public void A_hole_ends_the_run_and_indicators_are_null_until_they_are_warm_again()
    {
        var tape = Tape.Random(19, 400);
        var state = new InstrumentState(Plan);
        for (var i = 0; i < 400; i++)
            if (i != 200) state.Commit(in tape[i], CandleSource.Exchange);
        Assert.True(double.IsNaN(state.Closed("sma(200,1m)")));
        Assert.Equal(Values("ema", [50], [.. tape[201..]])[^1], state.Closed("ema(50,1m)"));
        Assert.Equal(tape[201].OpenTime, state.AnchorOf(new Timeframe(1)));
        Assert.Equal(tape[205].OpenTime, state.AnchorOf(new Timeframe(5)));
    }

    [Fact]
    public void A_bar_with_a_hole_has_no_values_and_gets_them_when_the_hole_is_filled()
    {
        var tape = Tape.Random(20, 123);
        var state = new InstrumentState(CalculationPlan.Create());
        for (var i = 0; i < 123; i++)
            if (i != 121) state.Commit(in tape[i], CandleSource.Exchange);
        Assert.True(double.IsNaN(state.Closed("ema(9,5m)")));
        state.Commit(in tape[121], CandleSource.Backfill);
        Assert.Equal(Frames.Feed(Plan, tape).Closed(), state.Closed());
    }

    [Fact]
    public void Seeded_bars_warm_a_long_timeframe_and_minutes_continue_it()
    {
        var day = Timeframe.OneDay;
        var stored = Tape.Before(day, 230);
        var tape = Tape.Random(21, 1441);
        var state = new InstrumentState(Plan);
        state.SeedBars(day, stored);
        foreach (var candle in tape) state.Commit(in candle, CandleSource.Exchange);

        Candle[] bars = [.. stored, .. BarsOf(day, tape)];
        foreach (var (function, arguments) in ((string, double[])[])[("ema", [200]), ("rsi", [14]), ("supertrend", [10, 3]), ("high_distance", [30])])
        {
            var name = CryptoScreener.Contracts.Catalogue.MetricDefinition.NameOf(function, [.. arguments.Select(a => $"{a}"), "1d"]);
            Assert.Equal(Values(function, arguments, bars)[^1], state.Closed(name));
        }

        Assert.Equal(stored[0].OpenTime, state.AnchorOf(day));
    }

    [Fact]
    public void Minutes_that_are_fed_behind_seeded_bars_leave_those_as_they_are()
    {
        var tape = Tape.Random(23, 600);
        var state = new InstrumentState(Plan);
        state.SeedBars(new(5), BarsOf(new(5), tape));
        for (var i = 0; i < 600; i++)
            if (i != 50) state.Commit(in tape[i], CandleSource.Backfill);
            else Assert.Equal(CommitOutcome.NewMinute, state.Commit(in tape[51], CandleSource.Backfill));
        Assert.Equal(CommitOutcome.Duplicate, state.Commit(in tape[51], CandleSource.Backfill));
        Assert.Equal(CommitOutcome.LateMinute, state.Commit(in tape[50], CandleSource.Backfill));
        Assert.True(state.NeedsRebuild); // 1m has no seeds and its hole is too old
        Assert.Equal(Frames.Feed(Plan, tape).Closed("ema(50,5m)"), state.Closed("ema(50,5m)"));

        var behind = new InstrumentState(Plan);
        behind.SeedBars(new(5), BarsOf(new(5), tape));
        behind.Commit(in tape[10], CandleSource.Backfill);
        behind.Commit(in tape[12], CandleSource.Backfill);
        Assert.Equal(CommitOutcome.LateMinute, behind.Commit(in tape[11], CandleSource.Backfill));
        Assert.False(behind.NeedsRebuild);
        Assert.True(double.IsNaN(behind.Closed("vwap(5m)")));
    }

    [Fact]
    public void Seeds_that_end_hours_before_the_newest_minute_are_continued_from_the_minutes_between()
    {
        var stored = Tape.Before(new(1), 100);
        var tape = Tape.Random(24, 700);
        var state = Frames.Feed(Plan, tape);
        state.SeedBars(new(1), stored);
        Assert.Equal(Values("obv", [], [.. stored, .. tape])[^1], state.Closed("obv(1m)"));
        Assert.Equal(stored[0].OpenTime, state.AnchorOf(new(1)));
    }

    [Fact]
    public void Seeds_that_are_not_bars_of_the_timeframe_are_refused()
    {
        var state = new InstrumentState(Plan);
        var odd = Candle.Flat(Tape.Minute(1), 5);
        Assert.Contains("5m bar", Assert.Throws<ArgumentException>(() => state.SeedBars(new(5), [odd])).Message, StringComparison.Ordinal);
        Assert.Contains("1m 5m", Assert.Throws<ArgumentException>(() => state.SeedBars(new(3), [odd])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fibonacci_pivots_come_from_the_rolling_day()
    {
        var tape = Tape.Random(22, 2000);
        var state = Frames.Feed(Plan, tape);
        var levels = new double[7];
        FibonacciKernel.Levels(state.Closed("high(1d)"), state.Closed("low(1d)"), tape[^1].Close, levels);
        Assert.Equal(levels, FibonacciKernel.Outputs.Select(o => state.Closed($"{o.Function}(1d)")));
        Assert.Equal(tape[^1440..].Max(c => c.High), state.Closed("high(1d)"));
    }

    private static Dictionary<int, double[]> Batch(Timeframe timeframe, Candle[] tape)
    {
        var bars = new BarTable(BarsOf(timeframe, tape));
        var result = new Dictionary<int, double[]>();
        foreach (var metric in Plan.Catalogue.Metrics.Where(m => m.Arguments.Count > 0 && m.Arguments[^1] == timeframe.ToString()))
        {
            if (IndicatorRegistry.Find(metric.Function) is not { } entry || entry.Parameters.Count != metric.Arguments.Count - 1) continue;
            double[] arguments = [.. metric.Arguments.SkipLast(1).Select(a => double.Parse(a, System.Globalization.CultureInfo.InvariantCulture))];
            var output = entry.Outputs.Select(o => o.Function).ToList().IndexOf(metric.Function);
            result[Plan.Catalogue.ColumnOf(metric.Name)] = entry.Create(arguments).Batch(bars.Bars)[output];
        }

        Assert.Equal(49, result.Count);
        return result;
    }

    private static double[] Values(string function, double[] arguments, Candle[] bars)
    {
        var entry = IndicatorRegistry.Find(function)!;
        var output = entry.Outputs.Select(o => o.Function).ToList().IndexOf(function);
        return entry.Create(arguments).Batch(new BarTable(bars).Bars)[output];
    }

    private static Candle[] BarsOf(Timeframe timeframe, Candle[] tape) => [.. tape.Chunk(timeframe.Minutes).Select(minutes => new Candle(
        minutes[0].OpenTime,
        minutes[0].Open,
        minutes.Max(c => c.High),
        minutes.Min(c => c.Low),
        minutes[^1].Close,
        minutes.Aggregate(0.0, (sum, c) => sum + c.Volume),
        minutes.Aggregate(0.0, (sum, c) => sum + c.QuoteVolume)))];
}
