using CryptoScreener.ApiGateway.Endpoints;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>How long a request may take; what it waits for is cancelled then.</summary>
internal sealed class TimeLimit(TimeSpan length, CancellationToken passed)
{
    public TimeSpan Length => length;

    public bool HasPassed => passed.IsCancellationRequested;
}

/// <summary>On a route: its answer takes as long as it takes.</summary>
internal sealed class Unlimited
{
    public static readonly Unlimited Instance = new(exportsOnly: false);

    /// <summary>Only when the whole list is wanted, not a page of it.</summary>
    public static readonly Unlimited WhenExported = new(exportsOnly: true);

    private readonly bool _exportsOnly;

    private Unlimited(bool exportsOnly) => _exportsOnly = exportsOnly;

    public bool Covers(HttpRequest request) => !_exportsOnly || NdJson.IsWanted(request);
}

internal sealed class TimeLimitMiddleware(RequestDelegate next, IOptions<EdgeOptions> options, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.WebSockets.IsWebSocketRequest || http.GetEndpoint()?.Metadata.GetMetadata<Unlimited>()?.Covers(http.Request) == true)
        {
            await next(http);
            return;
        }

        using var clock = new CancellationTokenSource(options.Value.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, clock.Token);
        var aborted = http.RequestAborted;
        http.Features.Set(new TimeLimit(options.Value.RequestTimeout, clock.Token));
        http.RequestAborted = either.Token;
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    }
}
