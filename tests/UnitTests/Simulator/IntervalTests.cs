using CryptoScreener.ExchangeSimulator.Binance;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Okx;

namespace CryptoScreener.UnitTests.Simulator;

public class IntervalTests
{
    [Theory]
    [InlineData("1m", "2026-03-04T12:34:00Z", "2026-03-04T12:35:00Z")]
    [InlineData("15m", "2026-03-04T12:30:00Z", "2026-03-04T12:45:00Z")]
    [InlineData("8h", "2026-03-04T08:00:00Z", "2026-03-04T16:00:00Z")]
    [InlineData("1d", "2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z")]
    [InlineData("1w", "2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z")]
    [InlineData("1M", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")]
    public void Bars_open_where_exchanges_open_them(string name, string open, string next)
    {
        var interval = Interval.Parse(name)!;
        var start = interval.OpenMinute(Markets.Minute(Markets.Start));
        Assert.Equal(DateTimeOffset.Parse(open, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeSeconds(start * 60));
        Assert.Equal(DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeSeconds(interval.NextMinute(start) * 60));
    }

    [Theory]
    [InlineData("8", "2026-03-03T16:00:00Z")]
    [InlineData("-1:30", "2026-03-04T01:30:00Z")]
    public void Days_may_follow_another_time_zone(string zone, string open)
    {
        var interval = BinanceZone.Apply(Interval.Parse("1d")!, zone)!;
        var start = interval.OpenMinute(Markets.Minute(Markets.Start));
        Assert.Equal(DateTimeOffset.Parse(open, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeSeconds(start * 60));
    }

    [Theory]
    [InlineData("15")]
    [InlineData("east")]
    [InlineData("1:x")]
    public void A_time_zone_that_does_not_exist_is_refused(string zone) => Assert.Null(BinanceZone.Apply(Interval.Parse("1d")!, zone));

    [Fact]
    public void Okx_has_no_eight_hours() => Assert.Null(OkxIntervals.Parse("8H"));

    [Fact]
    public void The_rolling_day_is_the_last_1440_minutes_at_every_minute_of_the_hour()
    {
        var market = Markets.At(Markets.Start, instruments: 3);
        var listing = market.Listings[1];
        var (rolling, path, first) = (new RollingDay(listing), new MinutePath(), Markets.Minute(Markets.Start));
        for (var minute = first; minute < first + 130; minute += minute % 7 == 0 ? 3 : 1)
        {
            listing.Source.Fill(minute, path);
            var forming = path.At(30_000);
            Assert.Equal(Bar.Merge(listing.OpenHistory().Range(minute - 1_439, minute), forming), rolling.With(forming, minute));
        }
    }
}
