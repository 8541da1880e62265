using Microsoft.Extensions.Primitives;

namespace CryptoScreener.ApiGateway.Page;

/// <summary>What the page may do in a browser: load its own files, talk to its own gateway, and nothing else.</summary>
internal static class PageHeaders
{
    private static readonly KeyValuePair<string, StringValues>[] All =
    [
        new("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        new("Vary", "Accept-Encoding"),
    ];

    public static void Write(IHeaderDictionary headers)
    {
        foreach (var (name, value) in All) headers[name] = value;
    }
}
