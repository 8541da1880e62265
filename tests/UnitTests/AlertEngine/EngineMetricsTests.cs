using System.Diagnostics.Metrics;
using CryptoScreener.AlertEngine;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class EngineMetricsTests
{
    [Fact]
    public void An_alert_that_was_stored_already_is_a_duplicate_and_not_another_alert()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var triggered = new MeteredSum(meters, "alert_engine_alerts_triggered");
        using var duplicated = new MeteredSum(meters, "alert_engine_alerts_duplicated");
        var metrics = new EngineMetrics(meters);

        metrics.Published(PublishOutcome.Stored);
        metrics.Published(PublishOutcome.AlreadyStored);
        metrics.Published(PublishOutcome.AlreadyStored);

        Assert.Equal((1, 2), (triggered.Value, duplicated.Value));
    }
}
