using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.TimeTables;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Storage.Maintenance;

/// <summary>The hourly work: spans ahead, retention, hourly metrics, compression, disk budget. Any number of workers may do it at once.</summary>
internal sealed partial class MaintenanceService(
    TimeSpans spans, Retention retention, MetricsRollUp metrics, Compression compression, DiskBudget disk, WhenAvailable available,
    TimeProvider time, ILogger<MaintenanceService> logger) : BackgroundService
{
    private const int SpansAhead = 2;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan PeriodAfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var succeeded = await TryRunAsync(stoppingToken);
            await Task.Delay(succeeded ? Period : PeriodAfterFailure, time, stoppingToken);
        }
    }

    internal async Task RunOnceAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        foreach (var table in TimeTable.All)
        {
            var start = table.SpanStartOf(now.ToUnixTimeMilliseconds());
            await spans.EnsureAsync(table, [.. Enumerable.Range(0, SpansAhead + 1).Select(i => start + (i * table.WidthMs))], stop);
        }

        await metrics.RunOnceAsync(now.ToUnixTimeMilliseconds(), stop); // before retention takes what it reads
        await retention.RunAsync(now, stop);
        await compression.EnsureAsync(stop);
        await disk.CheckAsync(stop);
    }

    // Whatever goes wrong here must not stop a worker that computes: say it, and try again.
    private async Task<bool> TryRunAsync(CancellationToken stop)
    {
        try
        {
            await available.RunAsync("maintenance", RunOnceAsync, stop);
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogFailed(e);
            return false;
        }
    }

    [LoggerMessage(6304, LogLevel.Error, "Maintenance of the database failed; it is tried again in a minute")]
    private partial void LogFailed(Exception error);
}
