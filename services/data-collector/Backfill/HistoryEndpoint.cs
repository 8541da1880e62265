using CryptoScreener.Hosting.Operations;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary><c>GET /backfill</c> on the port of metrics and health: how far the long history of each exchange is.</summary>
internal static class HistoryEndpoint
{
    public static OperationsRoute Of(Func<IReadOnlyList<HistoryStatus>> status) => new("/backfill", http =>
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(status(), HistoryJson.Default.IReadOnlyListHistoryStatus);
    });
}
