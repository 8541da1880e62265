using System.Diagnostics.Metrics;
using CryptoScreener.ApiGateway;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class GatewayMetricsTests
{
    [Fact]
    public async Task What_waits_for_clients_is_told_at_each_scrape_until_they_take_it()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var metrics = new GatewayMetrics(meters);
        var told = new List<long>();
        using var scraper = new MeterListener();
        scraper.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "api_gateway_websocket_waiting" && ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
        };
        scraper.SetMeasurementEventCallback<long>((_, value, _, _) => told.Add(value));
        scraper.Start();

        foreach (var change in (long[])[0, 4_096, 1_000, -5_096])
        {
            metrics.Waits(change);
            scraper.RecordObservableInstruments();
        }

        Assert.Equal([0, 4_096, 5_096, 0], told);
    }
}
