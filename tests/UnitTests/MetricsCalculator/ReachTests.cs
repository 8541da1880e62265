using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.MetricsCalculator.WarmUp;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class ReachTests
{
    private const long HourMs = 60 * Timeframe.MinuteMs;

    [Fact]
    public void It_holds_the_day_that_VWAP_sums_up_and_twice_the_longest_window()
    {
        Assert.Equal(25 * HourMs, Reach.Of(CalculationPlan.Create([Timeframe.OneMinute, new Timeframe(60)])));
        Assert.Equal(48 * HourMs, Reach.Of(CalculationPlan.Create()));
    }

    [Fact]
    public void A_cold_start_late_in_the_day_has_a_VWAP()
    {
        var plan = CalculationPlan.Create([Timeframe.OneMinute, new Timeframe(60)]);
        var newest = Timeframe.OneDay.OpenOf(1_763_656_440_000) + (23 * HourMs) + (59 * Timeframe.MinuteMs);
        var state = new InstrumentState(plan);
        for (var minute = newest - Reach.Of(plan); minute <= newest; minute += Timeframe.MinuteMs) state.Commit(Candle.Flat(minute, 5), CandleSource.Exchange);
        var values = new double[plan.Catalogue.Count];
        state.WriteClosedFrame(values);
        Assert.Equal(5, values[plan.Catalogue.ColumnOf("vwap(1m)")]);
    }

    [Fact]
    public void An_exchange_that_is_days_behind_makes_no_other_read_so_far_back()
    {
        const long now = 1_763_656_440_000;
        Assert.Equal(now, Reach.EarliestOf(new Dictionary<string, long>(), now));
        var marks = new Dictionary<string, long> { ["okx-swap"] = now - HourMs, ["binance-futures"] = now };
        Assert.Equal(now - HourMs, Reach.EarliestOf(marks, now));
        marks["simulator"] = now - (72 * HourMs);
        Assert.Equal(now - HourMs, Reach.EarliestOf(marks, now));
        Assert.Equal(now - (72 * HourMs), Reach.EarliestOf(new Dictionary<string, long> { ["simulator"] = now - (72 * HourMs) }, now));
    }
}
