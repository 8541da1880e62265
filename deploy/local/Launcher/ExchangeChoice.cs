namespace CryptoScreener.Launcher;

/// <summary>Real or simulated: as asked, and with <c>auto</c> the real exchange when it answers within a moment.</summary>
internal static class ExchangeChoice
{
    public static readonly IReadOnlyList<string> Names = ["binance-futures", "binance-spot", "bybit-linear", "okx-swap"];

    private static readonly Uri Probe = new("https://fapi.binance.com/fapi/v1/ping");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<bool> IsRealAsync(string asked, CancellationToken stop)
    {
        if (asked != "auto") return asked == "binance";
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(Probe, stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
