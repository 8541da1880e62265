using System.Diagnostics;
using CryptoScreener.AlertEngine.Delivery.Routing;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Storage.Rules;

namespace CryptoScreener.AlertEngine.Recording;

/// <summary>Follows ALERTS and writes alerts and the deliveries that come of them, with its position, in one transaction. One engine at a time.</summary>
internal sealed class AlertRecorder(
    StoredReader reader,
    CheckpointStore checkpoints,
    EndpointStore endpoints,
    PolicyStore policies,
    RuleStore rules,
    AcknowledgementRelay acknowledgements,
    PartitionLeases leases,
    RecordedSignal signal,
    WhenAvailable whenAvailable,
    HeartbeatRegistry hearts,
    WorkerIdentity identity) : BackgroundService
{
    private const string Name = "alert-recorder";
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await leases.RunAsync(new LeaseOptions(Name, LeaseOptions.NewOwner(identity.Instance), Partitions: 1), HoldAsync, stoppingToken);
    }

    private async Task HoldAsync(PartitionLease lease, CancellationToken stop)
    {
        using var heart = hearts.Watch("recorder", StuckAfter);
        heart.Rest();
        var from = await whenAvailable.RunAsync("taking over recording", token => checkpoints.AdoptAsync(Name, lease, token), stop);
        await Together.RunAsync(
            stop,
            acknowledgements.RunAsync,
            token => reader.ReadAsync(
                Streams.Alerts,
                Subjects.AllAlerts,
                new StreamPosition((ulong)from.Sequence, from.StreamEpoch),
                (batch, end) => RecordAsync(lease, batch, heart, end),
                token));
    }

    private async ValueTask RecordAsync(PartitionLease lease, StoredBatch batch, Heartbeat heart, CancellationToken stop)
    {
        heart.Beat();
        var alerts = new List<StoredAlert>(batch.Messages.Count);
        foreach (var message in batch.Messages)
            if (BusJson.Read(message.Data.Span, ContractsJson.Default.AlertEvent) is { } alert) alerts.Add(new StoredAlert(alert, (long)message.Sequence));

        var position = new Checkpoint((long)batch.Position.Sequence, batch.Position.StreamCreated);
        var spans = alerts.ConvertAll(alert => AlertTrace.Continue("record", ActivityKind.Consumer, alert.Event));
        heart.Rest(); // waiting for the database is no sign of being stuck
        await whenAvailable.RunAsync("recording alerts", token => CommitAsync(lease, position, alerts, token), stop);
        foreach (var span in spans) span?.Dispose();
        signal.Raise();
    }

    private async Task CommitAsync(PartitionLease lease, Checkpoint position, List<StoredAlert> alerts, CancellationToken stop)
    {
        var routing = new DeliveryRouting(
            await endpoints.RoutesAsync(stop),
            await policies.ListAsync(stop),
            await rules.EndpointsOfAsync([.. alerts.Select(alert => alert.Event.RuleId).Distinct(StringComparer.Ordinal)], stop));
        var deliveries = alerts.SelectMany(alert => routing.Of(alert.Event)).ToList();
        await checkpoints.CommitAsync(Name, lease, position, (transaction, token) => AlertStore.RecordAsync(transaction, alerts, deliveries, token), stop);
    }
}
