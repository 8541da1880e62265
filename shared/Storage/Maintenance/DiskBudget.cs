using CryptoScreener.Storage.Connections;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Storage.Maintenance;

/// <summary>Warns before the database outgrows its disk; deletes nothing by itself.</summary>
internal sealed partial class DiskBudget(Database database, StorageMetrics metrics, int gigabytes, ILogger<DiskBudget> logger, long bytesPerGigabyte = 1L << 30)
{
    private const double WarnFrom = 0.8;
    private bool _warned;

    internal async Task CheckAsync(CancellationToken stop)
    {
        var size = await database.RunAsync("database_size", async connection =>
        {
            await using var command = connection.Sql("SELECT pg_database_size(current_database())");
            return (long)(await command.ExecuteScalarAsync(stop))!;
        }, stop);
        metrics.DatabaseSize(size, gigabytes * bytesPerGigabyte);
        if (gigabytes == 0) return;
        var over = size >= WarnFrom * gigabytes * bytesPerGigabyte;
        if (over && !_warned) LogNearlyFull((double)size / bytesPerGigabyte, gigabytes);
        _warned = over;
    }

    [LoggerMessage(6303, LogLevel.Warning,
        "The database holds {Size:0.0} GB of its budget of {Budget} GB: keep less (Storage:Retention) or give it more disk (Storage:DiskBudgetGigabytes)")]
    private partial void LogNearlyFull(double size, int budget);
}
