using System.Diagnostics.Metrics;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class CandleMetricsTests
{
    [Fact]
    public async Task A_candle_that_cannot_be_true_is_counted_as_rejected_and_never_as_published()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var (time, meters) = (new ManualTime(), services.GetRequiredService<IMeterFactory>());
        using var rejected = new MeteredSum(meters, "data_collector_candles_rejected", ("exchange", "binance-futures"));
        using var published = new MeteredSum(meters, "data_collector_candles_published");
        var lane = Followed.RejectingLane(meters, time);

        var kline = new Kline(Followed.Instrument(), Followed.Bar(1) with { Low = 120 }, true, Followed.Minute(2));
        await lane.HandleAsync(new ReceivedKline(kline, 0), CancellationToken.None);

        Assert.Equal((1, 0), (rejected.Value, published.Value));
    }
}
