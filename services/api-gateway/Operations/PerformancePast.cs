using System.Text.Json;
using CryptoScreener.Storage.Performance;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>The history of any length: up to an hour every five seconds from memory, longer from the database in at most so many points.</summary>
internal sealed class PerformancePast(PerformanceHistory recent, PerformanceStore store, TimeProvider time)
{
    public const int MaxMinutes = PerformanceStore.DaysKept * 24 * 60;
    private const int MaxPoints = 720; // as many as an hour has

    public async Task<IReadOnlyList<PerformanceSample>> LastAsync(int minutes, CancellationToken stop)
    {
        var length = TimeSpan.FromMinutes(minutes);
        var from = time.GetUtcNow() - length;
        if (length <= PerformanceHistory.Kept) return recent.Since(from.UtcDateTime);
        var rows = await store.SinceAsync(from.ToUnixTimeMilliseconds(), stop);
        var span = TimeSpan.FromMinutes(Math.Ceiling(minutes / (double)MaxPoints));
        return PerformanceMinutes.Of(rows.Select(row => JsonSerializer.Deserialize(row.Sample, OperationsJson.Default.PerformanceSample)!), span);
    }
}
