using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class FrameBookTests
{
    private static readonly MetricCatalogue Catalogue = new([new MetricDefinition("price", "price", [], "price", "The price.", 1)]);
    private static readonly InstrumentId Bitcoin = new("binance-futures", "BTCUSDT");
    private static readonly InstrumentId Ether = new("binance-futures", "ETHUSDT");
    private readonly FrameBook _book = new();

    [Fact]
    public void It_holds_one_frame_per_instrument()
    {
        Assert.Null(_book.Find(Bitcoin));
        _book.Offer(Frame(Bitcoin, minute: 1));
        _book.Offer(Frame(Bitcoin, minute: 2));
        _book.Offer(Frame(Ether, minute: 1));
        Assert.Equal([Bitcoin, Ether], _book.All.Select(f => f.Instrument).Order());
        Assert.Equal(2, _book.Find(Bitcoin)!.Header.Minute);
    }

    [Theory]
    [InlineData(2, false, 0, true)] // a later minute, however early it was calculated
    [InlineData(0, true, 9, false)]
    [InlineData(1, true, 0, true)] // the closed frame of the minute
    [InlineData(1, false, 6, true)]
    [InlineData(1, false, 4, false)] // overtaken on its way
    public void The_newer_frame_stays(long minute, bool isClosed, long calculatedAt, bool isNewer)
    {
        var known = Frame(Bitcoin, minute: 1, isClosed: false, calculatedAt: 5);
        var offered = Frame(Bitcoin, minute, isClosed, calculatedAt);
        _book.Offer(known);
        _book.Offer(offered);
        Assert.Same(isNewer ? offered : known, _book.Find(Bitcoin));
    }

    [Fact]
    public void A_live_frame_does_not_replace_the_closed_one_of_its_minute_but_a_correction_does()
    {
        var closed = Frame(Bitcoin, minute: 1, isClosed: true, calculatedAt: 5);
        var correction = Frame(Bitcoin, minute: 1, isClosed: true, calculatedAt: 6);
        _book.Offer(closed);
        _book.Offer(Frame(Bitcoin, minute: 1, isClosed: false, calculatedAt: 9));
        Assert.Same(closed, _book.Find(Bitcoin));
        _book.Offer(correction);
        Assert.Same(correction, _book.Find(Bitcoin));
    }

    [Fact]
    public void An_instrument_without_a_frame_for_a_day_is_not_shown_and_one_that_comes_back_is()
    {
        const long Day = 24 * 60 * 60_000;
        _book.Offer(Frame(Bitcoin, minute: 1, calculatedAt: 1));
        _book.Offer(Frame(Ether, minute: 1 + Day, calculatedAt: 2 + Day));
        Assert.Equal([Bitcoin, Ether], _book.All.Select(f => f.Instrument).Order());
        _book.Offer(Frame(Ether, minute: 2 + Day, calculatedAt: 3 + Day));
        Assert.Equal([Ether], _book.All.Select(f => f.Instrument));
        Assert.NotNull(_book.Find(Bitcoin));
        _book.Offer(Frame(Bitcoin, minute: 3 + Day, calculatedAt: 4 + Day));
        Assert.Equal([Bitcoin, Ether], _book.All.Select(f => f.Instrument).Order());
    }

    [Fact]
    public void A_minute_ahead_of_its_calculation_hides_nobody()
    {
        _book.Offer(Frame(Bitcoin, minute: 1, calculatedAt: 1));
        _book.Offer(Frame(Ether, minute: long.MaxValue, calculatedAt: 2));
        Assert.Equal([Bitcoin, Ether], _book.All.Select(f => f.Instrument).Order());
    }

    [Fact]
    public void Many_listeners_at_once_lose_no_instrument_and_no_newer_frame()
    {
        const int Instruments = 2_000;
        const int Minutes = 4;
        Parallel.For(0, Instruments * Minutes, i => _book.Offer(Frame(new InstrumentId("test", $"C{i % Instruments}"), minute: i / Instruments)));

        Assert.Equal(Instruments, _book.Count);
        Assert.Equal(Instruments, _book.All.Select(f => f.Instrument).Distinct().Count());
        Assert.All(_book.All, frame => Assert.Equal(Minutes - 1, frame.Header.Minute));
        Assert.All(Enumerable.Range(0, Instruments), i => Assert.Same(_book[i], _book.Find(_book[i].Instrument)));
    }

    private static LatestFrame Frame(InstrumentId instrument, long minute, bool isClosed = false, long calculatedAt = 0) =>
        new(instrument, Catalogue, new FrameHeader(isClosed, Catalogue.Hash, minute, 0, 0, calculatedAt, 1, 0), [1]);
}
