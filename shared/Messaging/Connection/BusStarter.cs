using Microsoft.Extensions.Hosting;

namespace CryptoScreener.Messaging.Connection;

/// <summary>Connects in the background: a worker starts, serves its health and waits while the bus is away.</summary>
internal sealed class BusStarter(Bus bus) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await bus.ConnectAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopped before the bus was ever there
        }
    }
}
