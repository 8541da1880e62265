using System.Diagnostics.Metrics;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.DataCollector.Feeds;

public sealed class ClockOffsetTests
{
    [Fact]
    public async Task How_far_an_exchanges_clock_is_ahead_is_told_at_each_scrape()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var (time, meters) = (new ManualTime(), services.GetRequiredService<IMeterFactory>());
        var clock = new ExchangeClock(time);
        new FeedMetrics(meters).Begin("okx-swap", () => 0, () => clock.Ahead / 1_000.0);
        var told = new List<double>();
        using var scraper = new MeterListener();
        scraper.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "data_collector_clock_offset" && ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
        };
        scraper.SetMeasurementEventCallback<double>((_, value, _, _) => told.Add(value));
        scraper.Start();

        scraper.RecordObservableInstruments();
        clock.Observe(time.GetUtcNow().ToUnixTimeMilliseconds() - 7_500);
        scraper.RecordObservableInstruments();
        Assert.Equal([0, -7.5], told);
    }
}
