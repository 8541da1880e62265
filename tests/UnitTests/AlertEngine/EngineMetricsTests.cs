using System.Diagnostics.Metrics;
using CryptoScreener.AlertEngine;
using CryptoScreener.Contracts.Alerts;
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

    [Theory]
    [InlineData(SuppressionReason.Silence, "silence")]
    [InlineData(SuppressionReason.Inhibition, "inhibition")]
    [InlineData(SuppressionReason.Cooldown, "cooldown")]
    public void An_alert_that_is_recorded_and_not_delivered_is_counted_by_its_reason(SuppressionReason reason, string label)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var all = new MeteredSum(meters, "alert_engine_alerts_suppressed");
        using var ofReason = new MeteredSum(meters, "alert_engine_alerts_suppressed", ("reason", label));

        new EngineMetrics(meters).Suppressed(reason);

        Assert.Equal((1, 1), (all.Value, ofReason.Value));
    }
}
