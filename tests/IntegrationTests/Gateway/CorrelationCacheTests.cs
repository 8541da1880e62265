using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Gateway;

public sealed class CorrelationCacheTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Bars = 20;
    private readonly ManualTime _time = new();

    [Fact]
    public async Task What_lacked_a_bar_is_calculated_again_soon_and_what_is_whole_is_kept()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var instruments = storage.Get<InstrumentStore>();
        await instruments.RegisterAsync([new(new InstrumentId("x", "ONE"), "ONE", "USDT", InstrumentStatus.Trading), new(new InstrumentId("x", "TWO"), "TWO", "USDT", InstrumentStatus.Trading)]);
        var rows = await instruments.ListAsync();
        var last = _time.GetUtcNow().ToUnixTimeMilliseconds() - (2 * Timeframe.MinuteMs);
        await StoreAsync(rows[0], 0, Bars);
        await StoreAsync(rows[1], 1, Bars); // its last bar comes late
        var cache = new CorrelationCache(storage.Get<CandleReader>(), _time);

        var first = await OfAsync();
        await StoreAsync(rows[1], 0, 0);
        Assert.Same(first, await OfAsync());
        _time.Advance(TimeSpan.FromSeconds(16));
        var second = await OfAsync();
        Assert.NotEqual(first[0][1], second[0][1]);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Same(second, await OfAsync());

        Task<double?[][]> OfAsync() => cache.OfAsync(rows, Timeframe.OneMinute, Bars, CancellationToken.None);

        Task StoreAsync(InstrumentRow row, int from, int through) => storage.Get<CandleWriter>().WriteAsync(Enumerable.Range(from, through - from + 1).Select(ago => new CandleRow(
            row.Id, Timeframe.OneMinute, Candle.Flat(last - (ago * Timeframe.MinuteMs), 100 + (ago * ago % 7) + (row.Id == rows[1].Id && ago == 0 ? 9 : 0)), CandleSource.Exchange)).ToArray());
    }
}
