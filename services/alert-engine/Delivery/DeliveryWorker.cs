using CryptoScreener.AlertEngine.Delivery.Webhook;
using CryptoScreener.AlertEngine.Recording;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Delivery;
using Microsoft.Extensions.Options;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>Sends what is due: claims a batch, sends without holding a connection, writes the results fenced by the claim.</summary>
internal sealed class DeliveryWorker(
    DeliveryStore deliveries,
    EndpointStore endpoints,
    AlertRecorder recorder,
    WebhookSender sender,
    WhenAvailable whenAvailable,
    DeliveryMetrics metrics,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    private const string EndpointId = "operator-webhook";
    private const int Batch = 100;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _news = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        recorder.Recorded += Wake;
        try
        {
            await whenAvailable.RunAsync("saving the operator's webhook", SaveOperatorsAsync, stoppingToken);
            while (true)
            {
                var sent = await whenAvailable.RunAsync("delivering", SendDueAsync, stoppingToken);
                if (sent < Batch) await _news.WaitAsync(Look, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // what was claimed becomes due again by itself
        }
        finally
        {
            recorder.Recorded -= Wake;
        }
    }

    private Task SaveOperatorsAsync(CancellationToken stop)
    {
        var webhook = options.Value.Webhook;
        if (webhook.Url is null) return endpoints.DisableAsync(EndpointId, "no longer configured", stop);
        var endpoint = new Endpoint { Id = EndpointId, Name = "Operator's webhook", Kind = "webhook", Url = webhook.Url, Secrets = [webhook.Secret!] };
        return endpoints.SaveAsync(endpoint, stop);
    }

    private async Task<int> SendDueAsync(CancellationToken stop)
    {
        var claim = Guid.NewGuid();
        var rounds = (Batch / options.Value.Parallel) + 2; // longer than the slowest batch takes
        var holdFor = TimeSpan.FromSeconds((options.Value.TimeoutSeconds * rounds) + 10);
        var due = await deliveries.ClaimAsync(claim, Batch, holdFor, [], stop);
        if (due.Count == 0) return 0;
        var targets = (await endpoints.ListAsync(stop)).ToDictionary(e => e.Id, StringComparer.Ordinal);
        var results = new DeliveryResult[due.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, due.Count),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallel, CancellationToken = stop },
            async (i, token) => results[i] = await SendAsync(targets.GetValueOrDefault(due[i].EndpointId), due[i], token));
        // Only this is repeated while the database is away: repeating the whole would send again.
        await whenAvailable.RunAsync("writing delivery results", token => deliveries.CompleteAsync(claim, results, token), stop);
        return due.Count;
    }

    private async Task<DeliveryResult> SendAsync(Endpoint? endpoint, ClaimedDelivery delivery, CancellationToken stop)
    {
        if (endpoint is not { Enabled: true }) return new DeliveryResult(delivery.Id, DeliveryState.Dead, TimeSpan.Zero, Error: "the endpoint is gone or disabled");
        var started = time.GetTimestamp();
        var attempt = await sender.SendAsync(endpoint, delivery.Id, delivery.Alert, stop);
        var took = time.GetElapsedTime(started);
        metrics.Attempted(attempt.Succeeded);
        if (attempt.Succeeded) return new DeliveryResult(delivery.Id, DeliveryState.Delivered, took, attempt.Status);

        var attempts = delivery.Attempts + 1;
        if (attempt.IsPermanent) await endpoints.DisableAsync(endpoint.Id, attempt.Error!, stop);
        if (attempt.IsPermanent || RetrySchedule.Next(attempts, attempt.RetryAfter) is not { } pause)
        {
            EngineLog.DeliveryDead(logger, endpoint.Id, delivery.Alert.Id, attempts, attempt.Error!);
            return new DeliveryResult(delivery.Id, DeliveryState.Dead, took, attempt.Status, attempt.Error);
        }

        EngineLog.DeliveryFailed(logger, endpoint.Id, delivery.Alert.Id, attempts, attempt.Error!, (time.GetUtcNow() + pause).UtcDateTime);
        return new DeliveryResult(delivery.Id, DeliveryState.Pending, took, attempt.Status, attempt.Error, pause);
    }

    private void Wake()
    {
        if (_news.CurrentCount == 0) _news.Release();
    }
}
