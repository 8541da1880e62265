using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.UnitTests.Simulator;

public class GeneratedMarketTests
{
    [Fact]
    public void Same_seed_gives_the_same_bars_and_another_seed_others()
    {
        var (first, again, other) = (Closes(seed: 5), Closes(seed: 5), Closes(seed: 6));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        static List<Bar> Closes(ulong seed)
        {
            var market = Markets.At(Markets.Start, instruments: 3, seed);
            return market.Newest(market.Listings[2], Interval.Minute, 0, long.MaxValue, 200);
        }
    }

    [Theory]
    [InlineData("3m")]
    [InlineData("5m")]
    [InlineData("15m")]
    [InlineData("1h")]
    [InlineData("8h")]
    [InlineData("1d")]
    [InlineData("1w")]
    [InlineData("1M")]
    public void Every_interval_is_the_merge_of_its_minutes(string name)
    {
        var market = Markets.At(Markets.Start, instruments: 34);
        var interval = Interval.Parse(name)!;
        foreach (var listing in new[] { market.Listings[0], market.Listings[33], market.Listings.First(l => l.Instrument.TradesHourly) })
        {
            foreach (var bar in market.Newest(listing, interval, 0, long.MaxValue, 2))
            {
                var end = (interval.NextMinute(bar.OpenTime / 60_000) * 60_000) - 1;
                var merged = market.Oldest(listing, Interval.Minute, bar.OpenTime, end, int.MaxValue).Aggregate((a, b) => Bar.Merge(a, b));
                Assert.Equal(merged, bar);
            }
        }
    }

    [Fact]
    public void A_minute_alone_equals_the_same_minute_of_its_hour()
    {
        var market = Markets.At(Markets.Start, instruments: 40);
        var (hour, path, bars) = (Markets.Minute(Markets.Start) / 60, new MinutePath(), new Bar[60]);
        foreach (var listing in market.Listings)
        {
            listing.Source.FillHour(hour, path, bars);
            for (var i = 0; i < bars.Length; i++)
            {
                listing.Source.Fill((hour * 60) + i, path);
                Assert.Equal(bars[i], path.Total);
            }
        }
    }

    [Fact]
    public void Every_bar_is_sane_and_begins_where_the_last_one_ended()
    {
        var market = Markets.At(Markets.Start, instruments: 200);
        foreach (var listing in market.Listings)
        {
            var previous = Bar.None;
            foreach (var bar in market.Newest(listing, Interval.Minute, 0, long.MaxValue, 300))
            {
                Assert.True(bar.Low > 0 && bar.Low <= Math.Min(bar.Open, bar.Close) && bar.High >= Math.Max(bar.Open, bar.Close), $"{listing.Instrument.Symbol} {bar}");
                Assert.True(bar.Lots >= 0 && bar.TakerLots >= 0 && bar.TakerLots <= bar.Lots && bar.TakerQuote <= bar.Quote, $"{listing.Instrument.Symbol} {bar}");
                Assert.Equal(bar.Trades == 0, bar.Lots == 0);
                var average = bar.Lots == 0 ? bar.Close : bar.Quote / Bar.QuoteScale / (bar.Lots * listing.Instrument.Lot * listing.Instrument.Tick);
                var rounding = bar.Lots == 0 ? 0 : 1 / Bar.QuoteScale / (bar.Lots * listing.Instrument.Lot * listing.Instrument.Tick) * 13;
                Assert.InRange(average, bar.Low - rounding - 1e-6, bar.High + rounding + 1e-6);
                if (!previous.IsNone && bar.Trades == 0) Assert.Equal(previous.Close, bar.Open);
                previous = bar;
            }
        }
    }

    [Fact]
    public void A_forming_minute_only_grows_and_ends_as_its_closed_bar()
    {
        var market = Markets.At(Markets.Start, instruments: 40);
        var path = new MinutePath();
        foreach (var listing in market.Listings)
        {
            listing.Source.Fill(Markets.Minute(Markets.Start), path);
            var last = path.At(0);
            for (var elapsed = 100; elapsed < 60_000; elapsed += 100)
            {
                var now = path.At(elapsed);
                if (last.Trades > 0)
                {
                    Assert.True(now.High >= last.High && now.Low <= last.Low && now.Lots >= last.Lots && now.Quote >= last.Quote && now.Trades >= last.Trades);
                    Assert.Equal(last.Open, now.Open);
                }

                last = now;
            }

            Assert.Equal(path.Total, path.At(59_999));
        }
    }

    [Fact]
    public void Dead_coins_trade_in_one_minute_of_every_hour()
    {
        var market = Markets.At(Markets.Start, instruments: 100);
        var dead = market.Listings.Where(l => l.Instrument.TradesHourly).ToArray();
        Assert.NotEmpty(dead);
        var (path, bars) = (new MinutePath(), new Bar[60]);
        foreach (var listing in dead)
        {
            listing.Source.FillHour(Markets.Minute(Markets.Start) / 60, path, bars);
            Assert.Single(bars, b => b.Trades > 0);
        }
    }

    [Fact]
    public void Daily_volumes_and_prices_span_what_real_markets_do()
    {
        var market = Markets.At(Markets.Start, instruments: 1_000);
        var instruments = market.Listings.Select(l => l.Instrument).ToArray();
        Assert.Contains(instruments, i => i.Symbol == "BTCUSDT");
        Assert.Contains(instruments, i => i.Symbol == "ETHUSDT");
        Assert.Equal(instruments.Length, instruments.Select(i => i.Symbol).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(instruments.Min(i => i.StartPrice), 1e-8, 1e-5);
        Assert.InRange(instruments.Max(i => i.StartPrice), 1e4, 1e6);
        Assert.InRange(instruments.Min(i => i.DailyQuote), 9e4, 1e6);
        Assert.InRange(instruments.Max(i => i.DailyQuote), 1e9, 2e10);
    }

    [Fact]
    public void Prices_move_together_with_the_market_and_apart_from_it()
    {
        var market = Markets.At(Markets.Start, instruments: 20);
        var returns = market.Listings.Take(10).Select(l => Returns(market.Newest(l, Interval.Parse("1h")!, 0, long.MaxValue, 1_500))).ToArray();
        for (var i = 1; i < returns.Length; i++) Assert.InRange(Correlation(returns[0], returns[i]), 0.05, 0.95);

        static double[] Returns(List<Bar> bars) => [.. bars.Zip(bars.Skip(1), (a, b) => Math.Log((double)b.Close / a.Close))];
    }

    [Fact]
    public void Nothing_exists_before_the_listing()
    {
        var market = Markets.At(Markets.Start, instruments: 60);
        var young = market.Listings.MaxBy(l => l.Instrument.ListedAt)!;
        var all = market.Oldest(young, Interval.Parse("1d")!, 0, long.MaxValue, 10_000);
        Assert.Equal(young.Instrument.ListedAt / 86_400_000, all[0].OpenTime / 86_400_000);
        Assert.Equal(Markets.Start.ToUnixTimeMilliseconds() / 86_400_000, all[^1].OpenTime / 86_400_000);
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++) (xy, xx, yy) = (xy + ((x[i] - mx) * (y[i] - my)), xx + ((x[i] - mx) * (x[i] - mx)), yy + ((y[i] - my) * (y[i] - my)));
        return xy / Math.Sqrt(xx * yy);
    }
}
