using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Backfill;

namespace CryptoScreener.UnitTests.DataCollector.Backfill;

public sealed class HistoryPlanTests
{
    private const long HourMs = 3_600_000;
    private static readonly Timeframe Hour = new(60);
    private static readonly long Midnight = DateTimeOffset.Parse("2026-03-04T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    [Fact]
    public void Every_timeframe_has_its_bars_the_longest_first_and_those_with_none_are_left_out()
    {
        var options = new CollectorOptions { HistoryBars = 7, HistoryBarsOf = { ["1m"] = 99, ["4h"] = 0 } };
        Assert.Equal("1d 7, 8h 7, 1h 7, 15m 7, 5m 7, 1m 99", string.Join(", ", HistoryPlan.Of(options).Select(p => $"{p.Timeframe} {p.Bars}")));
        Assert.Empty(HistoryPlan.Of(new CollectorOptions { HistoryBars = 0 }));
    }

    [Fact]
    public void A_timeframe_that_is_not_kept_and_a_negative_number_are_refused()
    {
        Assert.Empty(HistoryPlan.Errors(new CollectorOptions { HistoryBarsOf = { ["1m"] = 129_600 } }));
        Assert.Equal(2, HistoryPlan.Errors(new CollectorOptions { HistoryBarsOf = { ["7m"] = 1, ["1h"] = -1 } }).Count());
    }

    [Fact]
    public void A_range_ends_with_the_last_bar_that_is_over()
    {
        var lastMinute = Midnight + (10 * HourMs) + (58 * Timeframe.MinuteMs);
        Assert.Equal((Midnight + (7 * HourMs), Midnight + (9 * HourMs)), HistoryPlan.RangeOf(Hour, 3, lastMinute, 0));
        Assert.Equal((Midnight + (8 * HourMs), Midnight + (10 * HourMs)), HistoryPlan.RangeOf(Hour, 3, lastMinute + Timeframe.MinuteMs, 0));
    }

    [Fact]
    public void Nothing_is_asked_for_of_the_time_before_an_instrument_was_listed()
    {
        var lastMinute = Midnight + (10 * HourMs) - Timeframe.MinuteMs;
        var (from, through) = HistoryPlan.RangeOf(Hour, 400, lastMinute, Midnight + (90 * Timeframe.MinuteMs));
        Assert.Equal((Midnight + HourMs, Midnight + (9 * HourMs)), (from, through));
        (from, through) = HistoryPlan.RangeOf(Hour, 400, lastMinute, Midnight + (10 * HourMs));
        Assert.True(from > through);
    }

    [Fact]
    public void A_hole_is_asked_for_in_pages_the_newest_first_each_bar_once()
    {
        var pages = HistoryPlan.Pages(Hour, Midnight, Midnight + (6 * HourMs), barsPerPage: 3).ToList();
        Assert.Equal([(4, 6), (1, 3), (0, 0)], pages.Select(p => ((int)((p.From - Midnight) / HourMs), (int)((p.Through - Midnight) / HourMs))));
    }
}
