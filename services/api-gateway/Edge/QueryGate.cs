using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Endpoints;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>Routes of the API that declare no query take none: what is passed over in silence would pass for understood.</summary>
internal sealed class QueryGate(RequestDelegate next)
{
    private static readonly string[] Why = ["is not a parameter of this, which takes none"];

    public Task InvokeAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (query.Count == 0 || !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || http.GetEndpoint() is not RouteEndpoint route) return next(http);
        if (route.Metadata.GetMetadata<QueryOf>() is not null || route.Metadata.GetMetadata<Access>() is { IsOpen: true }) return next(http);
        return Problem.BadParameters(query.Keys.ToDictionary(name => name, _ => Why)).ExecuteAsync(http);
    }
}
