using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Status;
using CryptoScreener.Messaging.Publishing;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.Messaging.Status;

/// <summary>
/// Says every five seconds what the worker reports of itself. The report comes from whoever registers a
/// <c>Func&lt;ServiceStatus&gt;</c> (Hosting does); without one there is nothing to say.
/// </summary>
internal sealed class StatusPublisher(CorePublisher bus, Func<ServiceStatus>? report, TimeProvider time) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (report is null) return;
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            do
            {
                var status = report();
                var payload = JsonSerializer.SerializeToUtf8Bytes(status, ContractsJson.Default.ServiceStatus);
                await bus.PublishAsync(Subjects.Status(status.Service, status.Instance), payload, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }
}
