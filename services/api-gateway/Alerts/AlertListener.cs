using System.Diagnostics;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.ApiGateway.Alerts;

/// <summary>Follows the ALERTS stream from its beginning (a week at most), so the gateway serves alerts while the database is away.</summary>
internal sealed class AlertListener(StoredReader stream, AlertRing ring) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var known = await stream.SpanAsync(Streams.Alerts, stoppingToken);
        ring.Restart(known.Created, known.BeforeFirst);
        if (known.IsEmpty) ring.MarkLoaded();
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

    private void Take(StoredBatch batch, StreamSpan known)
    {
        var epoch = batch.Position.StreamCreated;
        if (batch.Truncated || epoch != ring.Span.Epoch) ring.Restart(epoch, batch.Messages[0].Sequence - 1);
        foreach (var message in batch.Messages)
        {
            var isNews = message.Sequence > known.Last || epoch != known.Created;
            var json = message.Data.ToArray();
            if (BusJson.Read(json, ContractsJson.Default.AlertEvent) is not { } alert) continue;
            using var correlation = AlertCorrelation.Begin(alert);
            using var span = isNews ? AlertTrace.Continue("relay to sockets", ActivityKind.Consumer, alert) : null;
            ring.Add(new StreamedAlert(message.Sequence, alert, json), isNews);
        }

        if (batch.Pending == 0 || batch.Position.Sequence >= known.Last) ring.MarkLoaded();
    }
}
