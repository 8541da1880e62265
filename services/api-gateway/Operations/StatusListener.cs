using System.Text.Json.Serialization.Metadata;
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
        await Together.RunAsync(stoppingToken, HearServicesAsync, HearOperatorAlertsAsync, ReadFeedsAsync, ReadGapsAsync);
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

    private Task ReadGapsAsync(CancellationToken stop) => ReadAsync(FeedKinds.EvaluationGap, ContractsJson.Default.EvaluationGapEvent, exchanges.Hear, stop);

    private Task ReadFeedsAsync(CancellationToken stop) => ReadAsync(FeedKinds.Status, ContractsJson.Default.FeedStatus, exchanges.Hear, stop);

    private Task ReadAsync<T>(string kind, JsonTypeInfo<T> type, Action<T> hear, CancellationToken stop)
        where T : class => stream.ReadAsync(
        Streams.Feed,
        Subjects.Feed("*", kind),
        StreamPosition.Beginning,
        (batch, _) =>
        {
            foreach (var message in batch.Messages)
                if (BusJson.Read(message.Data.Span, type) is { } said) hear(said);
            return ValueTask.CompletedTask;
        },
        stop);
}
