using System.Diagnostics.Metrics;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Logging;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace CryptoScreener.UnitTests.Hosting.Logging;

public sealed class ErrorCountSinkTests
{
    [Fact]
    public void A_logged_error_counts_by_the_part_it_came_from_and_nothing_less_does()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var time = new ManualTime();
        var counted = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "worker_errors" && ReferenceEquals(instrument.Meter.Scope, meters)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.Add($"{tags[0].Value} {value}"));
        listener.Start();
        using var logger = LogPipeline.Create(
            new LogQueue(meters, time), 100, static _ => { }, new ErrorCountSink(new WorkerMetrics(meters, new HeartbeatRegistry(time), time)));

        logger.ForContext(Constants.SourceContextPropertyName, "CryptoScreener.AlertEngine.Delivery.Sender").Error("lost");
        logger.ForContext(Constants.SourceContextPropertyName, "CryptoScreener.DataCollector.Feed").Fatal("gone");
        logger.Error("of nobody");
        logger.Warning("no error");

        Assert.Equal(["delivery 1", "market-data 1", "system 1"], counted);
    }
}
