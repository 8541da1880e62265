using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>
/// Refuses a body that says it is too large, and lets the server take the rest of it away: a client that is still sending would else find a
/// broken connection instead of the answer. The server does so for five seconds and no longer.
/// </summary>
internal sealed class BodyGate(RequestDelegate next, IOptions<EdgeOptions> options)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.ContentLength is not { } length || length <= options.Value.MaxBodyBytes) return next(http);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        return BadRequests.TooLarge.ExecuteAsync(http);
    }
}
