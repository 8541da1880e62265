using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;

namespace CryptoScreener.ApiGateway.OpenApi;

/// <summary>The page at <c>/docs</c>: three files of ours, no request to anywhere else.</summary>
internal static class DocsPage
{
    private const string OnlyOurs = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapDocs(this IEndpointRouteBuilder routes)
    {
        Map("/docs", "docs.html", "text/html; charset=utf-8");
        Map("/docs/docs.js", "docs.js", "text/javascript; charset=utf-8");
        Map("/docs/docs.css", "docs.css", "text/css; charset=utf-8");

        void Map(string path, string file, string type) => routes.MapGet(path, http => SendAsync(http, file, type)).OpenToAll().WithETag().ExcludeFromDescription();
    }

    private static async Task SendAsync(HttpContext http, string file, string type)
    {
        http.Response.ContentType = type;
        http.Response.Headers.ContentSecurityPolicy = OnlyOurs;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await using var content = typeof(DocsPage).Assembly.GetManifestResourceStream(file)!;
        await content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
