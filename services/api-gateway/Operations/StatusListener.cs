using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>
/// Hears what workers say of themselves and of their exchanges, and what Alertmanager told another gateway; of the exchanges also what was
/// said while we were away.
/// </summary>
internal sealed class StatusListener(CoreListener core, StoredReader stream, ServiceBook services, ExchangeBook exchanges, OperatorAlertBook alerts) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Together.RunAsync(stoppingToken, HearServicesAsync, HearOperatorAlertsAsync, ReadFeedsAsync, ReadGapsAsync);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    private Task HearServicesAsync(CancellationToken stop) => core.ListenAsync(
        Subjects.AllStatus,
        message =>
        {
            if (BusJson.Read(message.Data, ContractsJson.Default.ServiceStatus) is { Values: not null, Checks: not null } status) services.Hear(status);
        },
        stop);

    private Task HearOperatorAlertsAsync(CancellationToken stop) => core.ListenAsync(
        Subjects.OperatorAlerts,
        message =>
        {
            if (BusJson.Read(message.Data, OperationsJson.Default.AlertmanagerPost) is { } post) alerts.Hear(post);
        },
        stop);

    private Task ReadGapsAsync(CancellationToken stop) => stream.ReadAsync(
        Streams.Feed,
        Subjects.Feed("*", FeedKinds.EvaluationGap),
        StreamPosition.Beginning,
        (batch, _) =>
        {
            foreach (var message in batch.Messages)
                if (BusJson.Read(message.Data.Span, ContractsJson.Default.EvaluationGapEvent) is { } gap) exchanges.Hear(gap);
            return ValueTask.CompletedTask;
        },
        stop);

    private Task ReadFeedsAsync(CancellationToken stop) => stream.ReadAsync(
        Streams.Feed,
        Subjects.Feed("*", FeedKinds.Status),
        StreamPosition.Beginning,
        (batch, _) =>
        {
            foreach (var message in batch.Messages)
                if (BusJson.Read(message.Data.Span, ContractsJson.Default.FeedStatus) is { } status) exchanges.Hear(status);
            return ValueTask.CompletedTask;
        },
        stop);
}
