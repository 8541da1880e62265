using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.ApiGateway.Alerts;

/// <summary>Follows the ALERTS stream from its beginning (a week at most), so the gateway serves alerts while the database is away.</summary>
internal sealed class AlertListener(StoredReader stream, AlertRing ring) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        stream.ReadAsync(Streams.Alerts, Subjects.AllAlerts, StreamPosition.Beginning, Take, stoppingToken);

    private ValueTask Take(StoredBatch batch, CancellationToken stop)
    {
        foreach (var message in batch.Messages)
        {
            var json = message.Data.ToArray();
            if (JsonSerializer.Deserialize(json, ContractsJson.Default.AlertEvent) is { } alert)
                ring.Add(new StreamedAlert(message.Sequence, alert, json));
        }

        return ValueTask.CompletedTask;
    }
}
