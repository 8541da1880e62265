using CryptoScreener.Storage.Connections;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.Storage.Maintenance;

/// <summary>Makes higher timeframes' bars within seconds of their close.</summary>
internal sealed class RollUpService(CandleRollUp rollUp, WhenAvailable available, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            // A backlog, for instance after a backfill, is worked off without pauses.
            while (await available.RunAsync("roll-up", rollUp.RunOnceAsync, stoppingToken) > 0) ;
            await Task.Delay(Period, time, stoppingToken);
        }
    }
}
