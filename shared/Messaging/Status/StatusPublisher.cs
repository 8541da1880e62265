using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Status;
using CryptoScreener.Messaging.Publishing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Messaging.Status;

/// <summary>
/// Says every five seconds what the worker reports of itself. The report comes from whoever registers a
/// <c>Func&lt;ServiceStatus&gt;</c> (Hosting does); without one there is nothing to say.
/// </summary>
internal sealed class StatusPublisher(CorePublisher bus, Func<ServiceStatus>? report, TimeProvider time, ILogger<StatusPublisher> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (report is null) return;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            if (Report() is not { } status) continue;
            var payload = JsonSerializer.SerializeToUtf8Bytes(status, ContractsJson.Default.ServiceStatus);
            await bus.PublishAsync(Subjects.Status(status.Service, status.Instance), payload, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Whatever is measured somewhere may throw; a worker must not end for it.
    private ServiceStatus? Report()
    {
        try
        {
            return report!();
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            MessagingLog.StatusFailed(logger, Interval, failed);
            return null;
        }
    }
}
