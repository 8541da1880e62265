using CryptoScreener.Calculation;
using CryptoScreener.Calculation.Windows;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

public class WindowTests
{
    private static readonly CalculationPlan Plan = CalculationPlan.Create();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(89)]
    [InlineData(1439)]
    [InlineData(1440)]
    [InlineData(3000)]
    [InlineData(4444)]
    public void Every_window_agrees_with_the_sum_of_its_minutes(int minutes)
    {
        const int Seed = 11;
        var tape = Tape.Random(Seed, minutes);
        var state = Frames.Feed(Plan, tape);
        foreach (var window in Plan.Timeframes.Where(tf => tf.Minutes <= minutes))
        {
            var expected = ReferenceWindow.Of(tape, minutes - 1, window.Minutes);
            foreach (var (function, value) in expected) Near(value, state.Closed($"{function}({window})"), $"seed {Seed}, {function}({window})");
        }
    }

    [Fact]
    public void A_window_is_null_until_its_last_missing_minute_is_there()
    {
        var tape = Tape.Random(5, 1440);
        var state = Frames.Feed(Plan, tape.AsSpan(0, 1439));
        Assert.True(double.IsNaN(state.Closed("volume(1d)")));
        Assert.False(double.IsNaN(state.Closed("volume(8h)")));
        state.Commit(in tape[1439], CandleSource.Exchange);
        Assert.False(double.IsNaN(state.Closed("volume(1d)")));
        Assert.False(double.IsNaN(state.Closed("change(1d)")));
        Assert.True(double.IsNaN(state.Closed("roc(1d)")));
        Assert.True(double.IsNaN(state.Closed("volume_ratio(1d)")));
    }

    [Fact]
    public void A_missing_minute_empties_exactly_the_windows_that_hold_it()
    {
        var tape = Tape.Random(6, 200);
        var state = new InstrumentState(Plan);
        for (var i = 0; i < tape.Length; i++)
            if (i != 190) state.Commit(in tape[i], CandleSource.Exchange);
        Assert.False(double.IsNaN(state.Closed("volume(5m)")));
        Assert.True(double.IsNaN(state.Closed("volume_ratio(5m)")));
        Assert.All(WindowMetric.All, m => Assert.True(double.IsNaN(state.Closed($"{m.Function}(15m)"))));
    }

    [Fact]
    public void Change_starts_at_the_close_of_the_first_minute_and_roc_at_the_close_before_it()
    {
        var tape = Enumerable.Range(0, 6).Select(i => Candle.Flat(Tape.Minute(i), 100 + i)).ToArray();
        var state = Frames.Feed(Plan, tape);
        Assert.Equal(((105.0 / 101) - 1) * 100, state.Closed("change(5m)"));
        Assert.Equal(((105.0 / 100) - 1) * 100, state.Closed("roc(5m)"));
        Assert.Equal(0, state.Closed("change(1m)"));
    }

    [Fact]
    public void Ratios_without_a_denominator_are_null_and_not_infinite()
    {
        var tape = Enumerable.Range(0, 10).Select(i => Candle.Flat(Tape.Minute(i), 3)).ToArray();
        var state = Frames.Feed(Plan, tape);
        Assert.Equal(0, state.Closed("volume(5m)"));
        Assert.True(double.IsNaN(state.Closed("taker_share(5m)")));
        Assert.True(double.IsNaN(state.Closed("volume_ratio(5m)")));
    }

    [Fact]
    public void What_an_exchange_does_not_tell_is_null_and_spoils_nothing_else()
    {
        var tape = Tape.Random(8, 5);
        tape[2] = tape[2] with { Trades = Candle.UnknownTrades, TakerBuyVolume = double.NaN, TakerBuyQuoteVolume = double.NaN };
        var state = Frames.Feed(Plan, tape);
        Assert.True(double.IsNaN(state.Closed("trades(5m)")));
        Assert.True(double.IsNaN(state.Closed("taker_share(5m)")));
        Assert.Equal(tape[4].Trades, state.Closed("trades(1m)"));
        Near(tape.Sum(c => c.QuoteVolume), state.Closed("volume(5m)"), "volume(5m)");
    }

    [Fact]
    public void A_huge_volume_leaves_no_trace_once_it_has_left_the_window()
    {
        var tape = Tape.Random(9, 4000);
        for (var i = 0; i < 2000; i++) tape[i] = tape[i] with { QuoteVolume = 1e18, High = 1e12, Low = 1e-12 };
        var stained = Frames.Feed(Plan, tape);
        var clean = Frames.Feed(Plan, tape.AsSpan(2000));
        Assert.Equal(clean.Closed("volume(1d)"), stained.Closed("volume(1d)"));
        Assert.Equal(clean.Closed("high(1d)"), stained.Closed("high(1d)"));
        Assert.Equal(clean.Closed("low(1d)"), stained.Closed("low(1d)"));
    }

    [Fact]
    public void A_jump_past_everything_known_leaves_only_the_new_minute()
    {
        var state = Frames.Feed(Plan, Tape.Random(10, 3000));
        var later = Candle.Flat(Tape.Minute(1_000_000), 7);
        Assert.Equal(CommitOutcome.NewMinute, state.Commit(in later, CandleSource.Exchange));
        Assert.Equal(1, state.ClosedMinutes);
        Assert.Equal(1, state.Closed("history"));
        Assert.Equal(7, state.Closed("price"));
        Assert.True(double.IsNaN(state.Closed("volume(5m)")));
    }

    [Fact]
    public void The_catalogue_names_every_column_once_and_in_order()
    {
        var names = Plan.Catalogue.Metrics.Select(m => m.Name).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(WindowMetric.Count, WindowMetric.All.Length);
        Assert.Equal(["price", "history", "open(1m)", "high(1m)"], names[..4]);
        Assert.Equal(2880, Plan.Catalogue.Metrics[Plan.Catalogue.ColumnOf("volume_ratio(1d)")].WarmUpMinutes);
    }

    [Fact]
    public void Other_timeframes_may_be_configured()
    {
        var plan = CalculationPlan.Create([new(45), new(3)]);
        var tape = Tape.Random(12, 500);
        var state = Frames.Feed(plan, tape);
        Assert.Equal<Timeframe>([new(3), new(45)], [.. plan.Timeframes]);
        foreach (var (function, value) in ReferenceWindow.Of(tape, 499, 45)) Near(value, state.Closed($"{function}(45m)"), function);
    }

    private static void Near(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Max(1e-3, Math.Abs(expected)), $"{what}: expected {expected:R}, got {actual:R}");
}
