using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

public sealed class MinuteBarsTests
{
    private const long Minute = Timeframe.MinuteMs;
    private static readonly Timeframe FiveMinutes = new(5);

    [Fact]
    public void A_bar_is_made_of_its_minutes_in_whatever_order_they_come()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        Candle[] minutes = [.. Enumerable.Range(100, 5).Select(i => new Candle(i * Minute, i, i + 2, i - 2, i + 1, 10, 20, 3, 4, 5))];
        var bars = new MinuteBars(FiveMinutes);
        foreach (var minute in minutes.OrderBy(_ => random.Next()).Concat(minutes.Take(2))) bars.Put(minute);
        Assert.Equal(new Candle(100 * Minute, 100, 106, 98, 105, 50, 100, 15, 20, 25), bars.BarOf(104 * Minute));
        Assert.False(bars.HasHole, $"seed {seed}");
    }

    [Fact]
    public void The_newest_two_bars_are_kept()
    {
        var bars = new MinuteBars(FiveMinutes);
        for (var i = 100; i <= 112; i++) bars.Put(Candle.Flat(i * Minute, i));
        Assert.Equal([105 * Minute, 110 * Minute], bars.Newest().Select(bar => bar.OpenTime));
        Assert.Null(bars.BarOf(104 * Minute));
    }

    [Fact]
    public void A_minute_that_changes_replaces_what_it_was()
    {
        var bars = new MinuteBars(FiveMinutes);
        bars.Put(new Candle(100 * Minute, 1, 9, 1, 9, 5, 5));
        bars.Put(new Candle(100 * Minute, 1, 3, 1, 2, 1, 1));
        Assert.Equal((3, 2, 1), ((int)bars.BarOf(100 * Minute)!.Value.High, (int)bars.BarOf(100 * Minute)!.Value.Close, (int)bars.BarOf(100 * Minute)!.Value.Volume));
    }

    [Fact]
    public void A_minute_that_is_missing_between_others_is_a_hole()
    {
        var bars = new MinuteBars(FiveMinutes);
        bars.Put(Candle.Flat(100 * Minute, 1));
        Assert.False(bars.HasHole);
        bars.Put(Candle.Flat(102 * Minute, 1));
        Assert.True(bars.HasHole);
        bars.Put(Candle.Flat(101 * Minute, 1));
        Assert.False(bars.HasHole);
    }

    [Fact]
    public void The_book_never_goes_back()
    {
        var book = new CandleBook();
        var id = new CryptoScreener.Contracts.Instruments.InstrumentId("x", "BTC");
        Offer(100, isClosed: false, price: 1);
        Offer(100, isClosed: true, price: 2);
        Offer(100, isClosed: false, price: 3); // overtaken on its way
        Assert.Equal((2.0, null), (book.Find(id)!.Closed?.Close, book.Find(id)!.Forming?.Close));
        Offer(101, isClosed: false, price: 4);
        Offer(99, isClosed: true, price: 5);
        Assert.Equal((2.0, 4.0), (book.Find(id)!.Closed?.Close, book.Find(id)!.Forming?.Close));
        Offer(101, isClosed: true, price: 6);
        Assert.Equal((6.0, null), (book.Find(id)!.Closed?.Close, book.Find(id)!.Forming?.Close));

        void Offer(long minute, bool isClosed, double price) =>
            book.Offer(new CandleUpdate(id, Candle.Flat(minute * Minute, price), isClosed, CandleSource.Exchange, 0, 0, 1));
    }
}
