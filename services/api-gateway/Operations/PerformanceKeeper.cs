using System.Text.Json;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Performance;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>Writes each minute of the history to the database once it is over, and what an outage of up to an hour left unwritten.</summary>
internal sealed class PerformanceKeeper(PerformanceHistory history, PerformanceStore store, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private DateTime _writtenTo = time.GetUtcNow().UtcDateTime;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Minute, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await KeepAsync(stoppingToken);
    }

    internal async Task KeepAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var end = new DateTime(now.Ticks - (now.Ticks % Minute.Ticks), DateTimeKind.Utc);
        var rows = RowsOf(history.Since(_writtenTo).Where(sample => sample.Timestamp < end));
        if (rows.Count == 0) return;
        try
        {
            await store.KeepAsync(rows, stop);
            _writtenTo = end;
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e) && !stop.IsCancellationRequested)
        {
            // the next minute writes this one too
        }
    }

    private static List<PerformanceRow> RowsOf(IEnumerable<PerformanceSample> samples) =>
    [
        .. PerformanceMinutes.Of(samples, Minute).Select(sample => new PerformanceRow(
            new DateTimeOffset(sample.Timestamp).ToUnixTimeMilliseconds(), JsonSerializer.Serialize(sample, OperationsJson.Default.PerformanceSample))),
    ];
}
