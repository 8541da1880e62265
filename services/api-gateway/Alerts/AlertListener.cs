using System.Diagnostics;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.ApiGateway.Alerts;

/// <summary>Follows the ALERTS stream from its beginning (a week at most), so the gateway serves alerts while the database is away.</summary>
internal sealed class AlertListener(StoredReader stream, AlertRing ring) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var known = await stream.EndAsync(Streams.Alerts, stoppingToken);
            await stream.ReadAsync(
                Streams.Alerts,
                Subjects.AllAlerts,
                StreamPosition.Beginning,
                (batch, _) =>
                {
                    Take(batch, known);
                    return ValueTask.CompletedTask;
                },
                stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    private void Take(StoredBatch batch, StreamPosition known)
    {
        foreach (var message in batch.Messages)
        {
            var isNews = message.Sequence > known.Sequence || batch.Position.StreamCreated != known.StreamCreated;
            var json = message.Data.ToArray();
            if (BusJson.Read(json, ContractsJson.Default.AlertEvent) is not { } alert) continue;
            using var span = isNews ? AlertTrace.Continue("relay to sockets", ActivityKind.Consumer, alert) : null;
            ring.Add(new StreamedAlert(message.Sequence, alert, json), isNews);
        }
    }
}
