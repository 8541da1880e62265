using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Hosting;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>Every error leaves as problem details: what routes refuse, what no route knows, and what went wrong.</summary>
internal sealed partial class Problems(RequestDelegate next, ILogger<Problems> logger)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            Clear(http.Response);
            await AnswerAsync(http, e);
            return;
        }

        if (!http.Response.HasStarted && IsBare(http.Response) && OfStatus(http) is { } problem) await problem.ExecuteAsync(http);
    }

    // What was begun for the answer that did not come about; what holds for any answer stays.
    private static void Clear(HttpResponse response)
    {
        var kept = response.Headers.Where(header => header.Key == CorrelationIds.Header || header.Key.StartsWith(RateLimitMiddleware.HeaderPrefix, StringComparison.Ordinal)).ToList();
        response.Clear();
        foreach (var (name, value) in kept) response.Headers[name] = value;
    }

    private Task AnswerAsync(HttpContext http, Exception error)
    {
        if (http.Features.Get<TimeLimit>() is { HasPassed: true } limit)
            return new ApiProblem(StatusCodes.Status503ServiceUnavailable, "timeout", $"It took longer than {limit.Length.TotalSeconds:0} s; ask for less.")
            { RetryAfter = limit.Length }.ExecuteAsync(http);
        if (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = ClientClosedRequest; // for the metrics; nobody reads it
            return Task.CompletedTask;
        }

        var problem = BadRequests.Explain(error);
        if (problem is null && DatabaseErrors.IsUnavailable(error)) problem = Problem.NotReady("The database is away; what needs it works again when it is back.");
        if (problem is null)
        {
            LogFailed(http.Request.Method, http.Request.Path, error);
            problem = new ApiProblem(
                StatusCodes.Status500InternalServerError, "internal_error", "Something went wrong here, not with your request; the correlation id finds it in the logs.");
        }

        return problem.ExecuteAsync(http);
    }

    private static bool IsBare(HttpResponse response) =>
        response.StatusCode >= 400 && response.ContentLength is null && string.IsNullOrEmpty(response.ContentType);

    private static ApiProblem? OfStatus(HttpContext http) => http.Response.StatusCode switch
    {
        404 => Problem.NotFound($"There is nothing at {http.Request.Path}. GET /openapi/v1.json lists what there is."),
        405 => new ApiProblem(405, "method_not_allowed", $"{http.Request.Method} is not possible here; possible: {http.Response.Headers.Allow}."),
        413 => BadRequests.TooLarge,
        415 => new ApiProblem(415, "unsupported_media_type", "Send the body as application/json."),
        426 => new ApiProblem(426, "upgrade_required", "This is a WebSocket address: connect to it with ws:// or wss://."),
        ClientClosedRequest => null,
        var status => new ApiProblem(status, status >= 500 ? "unavailable" : "bad_request", $"The request was refused ({status})."),
    };

    [LoggerMessage(7001, LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailed(string method, string path, Exception error);
}
