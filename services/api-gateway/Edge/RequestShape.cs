using CryptoScreener.ApiGateway.Endpoints;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>What no route should have to look at: lengths, characters that no name has, sockets' addresses asked for pages.</summary>
internal sealed class RequestShape(RequestDelegate next, IOptions<EdgeOptions> options)
{
    public Task InvokeAsync(HttpContext http)
    {
        var query = http.Request.QueryString.Value ?? "";
        if (query.Length > options.Value.MaxQueryBytes)
            return new ApiProblem(StatusCodes.Status414UriTooLong, "uri_too_long", $"The query is longer than {options.Value.MaxQueryBytes} characters.").ExecuteAsync(http);
        if (HasControlCharacter(http.Request.Path.Value ?? "") || query.Contains("%00", StringComparison.Ordinal))
            return Problem.BadParameter("path and query", "without control characters").ExecuteAsync(http);
        if (http.Request.Path.StartsWithSegments("/ws", StringComparison.Ordinal) && http.GetEndpoint() is RouteEndpoint && !http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return Task.CompletedTask;
        }

        return next(http);
    }

    private static bool HasControlCharacter(string text)
    {
        foreach (var c in text)
            if (char.IsControl(c)) return true;
        return false;
    }
}
