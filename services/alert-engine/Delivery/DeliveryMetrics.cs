using System.Diagnostics.Metrics;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>Labels are channels and never endpoints: those belong to users.</summary>
internal sealed class DeliveryMetrics
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _dead;
    private long _pending;

    public DeliveryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(EngineMetrics.MeterName);
        _sent = meter.CreateCounter<long>("alert_engine_webhooks_sent", description: "Deliveries that a receiver accepted");
        _failed = meter.CreateCounter<long>("alert_engine_webhooks_failed", description: "Delivery attempts that failed");
        _retries = meter.CreateCounter<long>("alert_engine_delivery_retries", description: "Attempts after the first one of a delivery");
        _dead = meter.CreateCounter<long>("alert_engine_dead_letters", description: "Deliveries that were given up");
        meter.CreateObservableGauge("alert_engine_deliveries_pending", () => Volatile.Read(ref _pending), description: "Deliveries that wait, all workers together");
        _sent.Add(0);
        _failed.Add(0);
        _retries.Add(0);
        _dead.Add(0);
    }

    public void Attempted(bool succeeded, bool again, DeliveryState state)
    {
        (succeeded ? _sent : _failed).Add(1);
        if (again) _retries.Add(1);
        if (state == DeliveryState.Dead) _dead.Add(1);
    }

    public void GivenUp(int count) => _dead.Add(count);

    public void Pending(long count) => Volatile.Write(ref _pending, count);
}
