namespace CryptoScreener.ExchangeSimulator.Faults;

/// <summary>What the faults make of HTTP requests, WebSocket handshakes included.</summary>
internal static class FaultyRequests
{
    /// <summary>True when the request has been dealt with: refused, or answered with an error.</summary>
    public static async Task<bool> InterceptAsync(this FaultBoard board, HttpContext context, TimeProvider time)
    {
        if (board.IsEmpty) return false;
        if (board.Refuses)
        {
            board.Count(FaultKind.Refuse);
            context.Abort();
            return true;
        }

        if (context.Request.Headers.Upgrade.Count > 0) return false;
        var symbol = SymbolOf(context.Request.Query);
        if (board.Take(FaultKind.SlowRest, symbol) is { } slow) await Task.Delay(TimeSpan.FromMilliseconds(slow.DelayMs), time, context.RequestAborted);
        if (board.Take(FaultKind.RestError, symbol) is not { } error) return false;
        context.Response.StatusCode = error.Status;
        if (error.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status418ImATeapot or StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = $"{Math.Max(1, (int)(error.DelayMs / 1_000))}";
        await context.Response.WriteAsync("<html><body><h1>Service trouble</h1></body></html>", context.RequestAborted);
        return true;
    }

    /// <summary>The instrument that is asked for, as each exchange calls it; null when it is all of them.</summary>
    private static string? SymbolOf(IQueryCollection query) => (string?)query["symbol"] ?? query["instId"];
}
