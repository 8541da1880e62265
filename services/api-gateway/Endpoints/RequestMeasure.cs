namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Counts and times every request but sockets, which last as long as their clients stay.</summary>
internal sealed class RequestMeasure(RequestDelegate next, TimeProvider time)
{
    private static readonly HashSet<string> Methods = new(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], StringComparer.Ordinal);

    // Asked for with the request: counters that were made before telemetry listens do not begin at zero but are missing.
    public async Task InvokeAsync(HttpContext context, GatewayMetrics metrics)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            await next(context);
            return;
        }

        var started = time.GetTimestamp();
        var status = StatusCodes.Status500InternalServerError; // unless it ends in order
        metrics.RequestBegun();
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            // A method that a client invents must not become a series.
            var method = Methods.Contains(context.Request.Method) ? context.Request.Method : "other";
            // A stream lasts as long as its client listens: that is no time to answer.
            var isStream = context.Response.ContentType == "text/event-stream";
            metrics.RequestEnded(method, status, isStream ? null : time.GetElapsedTime(started));
        }
    }
}
