using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;
using Microsoft.Extensions.Options;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>Bars that are not stored yet: minutes are there, but nobody has rolled them up.</summary>
[Collection(GatewayRest.Name)]
public sealed class NewestCandlesTests(GatewayFixture fixture)
{
    private const long End = GatewayFixture.FirstMinute + (GatewayFixture.Minutes * Timeframe.MinuteMs); // a full hour
    private static readonly Timeframe Quarter = new(15);
    private static readonly long Ever = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private readonly CandleBook _live = new();

    [Fact]
    public async Task A_bar_that_ended_a_second_ago_is_there_before_it_is_rolled_up()
    {
        var (bars, forming) = await ReadAsync(Quarter, End + 1_000);
        Assert.Equal(new Candle(End - Quarter.Milliseconds, 125, 140, 124.25, 139.5, 150, 15_000, 105, 60, 6_000), Assert.Single(bars));
        Assert.False(forming);
    }

    [Fact]
    public async Task A_bar_without_some_of_its_minutes_waits_for_them() =>
        Assert.Empty((await ReadAsync(new Timeframe(60), End + 1_000)).Bars); // the hour began before our data

    [Fact]
    public async Task A_minute_that_closed_is_there_before_it_is_stored()
    {
        Hear(End, isClosed: true);
        Hear(End + Timeframe.MinuteMs, isClosed: false);
        var (bars, forming) = await ReadAsync(Timeframe.OneMinute, End + Timeframe.MinuteMs + 1_000);
        Assert.Equal([End - Timeframe.MinuteMs, End, End + Timeframe.MinuteMs], bars.TakeLast(3).Select(bar => bar.OpenTime));
        Assert.True(forming);
    }

    [Fact]
    public async Task A_bar_whose_last_minute_has_not_closed_is_forming_whatever_our_clock_says()
    {
        Hear(End, isClosed: false);
        var (bars, forming) = await ReadAsync(Timeframe.OneMinute, End + Timeframe.MinuteMs + 1_000);
        Assert.Equal((End, true), (bars[^1].OpenTime, forming));
    }

    private void Hear(long minute, bool isClosed) =>
        _live.Offer(new CandleUpdate(GatewayFixture.Instrument, Candle.Flat(minute, 1), isClosed, CandleSource.Exchange, 0, 0, 1));

    private async Task<(List<Candle> Bars, bool Forming)> ReadAsync(Timeframe timeframe, long now)
    {
        var pages = new CandlePages(
            fixture.Gateway.Get<CandleReader>(), _live, fixture.Gateway.Get<IOptions<StorageOptions>>(), new ManualTime(DateTimeOffset.FromUnixTimeMilliseconds(now)));
        var instrument = (await fixture.Gateway.Get<InstrumentStore>().ListAsync()).Single(row => row.Instrument == GatewayFixture.Instrument);
        var bars = await pages.NewestAsync(instrument, timeframe, 0, Ever, 100, CancellationToken.None);
        return (bars, await pages.AddNewestAsync(bars, instrument, timeframe, 0, Ever, CancellationToken.None));
    }
}
