using System.Diagnostics.Metrics;

namespace CryptoScreener.AlertEngine.Delivery;

internal sealed class DeliveryMetrics
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;

    public DeliveryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(EngineMetrics.MeterName);
        _sent = meter.CreateCounter<long>("alert_engine_webhooks_sent", description: "Deliveries that a receiver accepted");
        _failed = meter.CreateCounter<long>("alert_engine_webhooks_failed", description: "Delivery attempts that failed");
        _sent.Add(0);
        _failed.Add(0);
    }

    public void Attempted(bool succeeded) => (succeeded ? _sent : _failed).Add(1);
}
