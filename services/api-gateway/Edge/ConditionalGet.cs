using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>On a GET route: its answer gets an ETag, and is not sent to whoever has it already.</summary>
internal sealed class Tagged
{
    public static readonly Tagged Instance = new();
}

internal sealed class ConditionalGet(RequestDelegate next)
{
    private const int TagBytes = 12;

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<Tagged>() is null)
        {
            await next(http);
            return;
        }

        var wire = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted); // what was written past the stream is not in it yet
        }
        finally
        {
            http.Response.Body = wire;
        }

        await SendAsync(http, answer, wire);
    }

    private static async Task SendAsync(HttpContext http, MemoryStream answer, Stream wire)
    {
        var response = http.Response;
        if (response.StatusCode == StatusCodes.Status200OK)
        {
            response.Headers.ETag = TagOf(response.Headers.ETag, answer);
            if (string.IsNullOrEmpty(response.Headers.CacheControl)) response.Headers.CacheControl = "private, no-cache"; // keep it, and ask
            if (Matches(http.Request.Headers.IfNoneMatch, response.Headers.ETag!))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentLength = null;
                response.ContentType = null;
                return;
            }
        }

        if (answer.Length > 0) await wire.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), http.RequestAborted);
    }

    // Weak: the same answer may travel compressed or not. A route's own tag is a version, which If-Match compares; what else it
    // answers changes without a new one, so its tag goes on with the answer's.
    private static string TagOf(string? version, MemoryStream answer)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(answer.GetBuffer().AsSpan(0, (int)answer.Length)).AsSpan(0, TagBytes));
        return string.IsNullOrEmpty(version) ? $"W/\"{hash}\"" : $"{version[..^1]}-{hash}\"";
    }

    private static bool Matches(Microsoft.Extensions.Primitives.StringValues wanted, string tag)
    {
        if (wanted.Count == 0 || !EntityTagHeaderValue.TryParseList(wanted, out var tags)) return false;
        var current = EntityTagHeaderValue.Parse(tag);
        return tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(current, useStrongComparison: false));
    }
}

internal static class TaggedRoutes
{
    public static T WithETag<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Tagged.Instance);
}
