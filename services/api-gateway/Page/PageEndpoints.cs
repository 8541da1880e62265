using CryptoScreener.ApiGateway.Auth;

namespace CryptoScreener.ApiGateway.Page;

/// <summary>The web page: its files, and itself at every address that one of its views has.</summary>
internal static class PageEndpoints
{
    // The views of web/src/shell/pages.tsx. Anything else stays the API's, whose 404 is a problem document.
    private static readonly string[] Views =
    [
        "/", "/screener", "/instrument/{exchange}/{symbol}", "/alerts", "/rules", "/rules/{id}", "/rules/{id}/{part}", "/delivery", "/system", "/account",
    ];

    public static IServiceCollection AddPage(this IServiceCollection services) => services.AddSingleton<PageFiles>();

    /// <summary>Open to all: whoever may not read anything yet needs the page to sign in.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        foreach (var view in Views) routes.MapGet(view, IndexAsync).OpenToAll().ExcludeFromDescription();
        foreach (var file in (string[])["/assets/{name}", "/theme.js", "/icon.svg"]) routes.MapGet(file, FileAsync).OpenToAll().ExcludeFromDescription();
    }

    private static Task IndexAsync(HttpContext http, PageFiles files) =>
        files.Page is { } page ? SendAsync(http, page) : NotBuiltAsync(http);

    private static Task FileAsync(HttpContext http, PageFiles files)
    {
        if (files.Find(http.Request.Path.Value ?? "") is { } file) return SendAsync(http, file);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext http, PageFile file)
    {
        var (request, response) = (http.Request, http.Response);
        PageHeaders.Write(response.Headers);
        response.Headers.CacheControl = file.CacheControl;
        response.Headers.ETag = file.Tag;
        if (request.Headers.IfNoneMatch.ToString().Contains(file.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (body, encoding) = Chosen(request.Headers.AcceptEncoding.ToString(), file);
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        response.ContentType = file.ContentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static (byte[] Body, string? Encoding) Chosen(string accepted, PageFile file)
    {
        if (file.Brotli is { } brotli && Accepts(accepted, "br")) return (brotli, "br");
        return file.GZip is { } gzip && Accepts(accepted, "gzip") ? (gzip, "gzip") : (file.Plain, null);
    }

    private static bool Accepts(string accepted, string encoding)
    {
        foreach (var part in accepted.Split(',', StringSplitOptions.TrimEntries))
            if (part.Split(';')[0].Trim() == encoding) return !part.Replace(" ", "").EndsWith(";q=0", StringComparison.Ordinal);
        return false;
    }

    private static async Task NotBuiltAsync(HttpContext http)
    {
        PageHeaders.Write(http.Response.Headers);
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(
            """
            <!doctype html><html lang="en"><title>CryptoScreener</title>
            <h1>CryptoScreener</h1>
            <p>The gateway runs, but its web page has not been built. Run <code>make web</code>, build the gateway again and restart it.</p>
            <p>The API is there: <a href="/api/v1/metrics">metrics</a>, <a href="/api/v1/alerts">alerts</a>, <a href="/docs">all of it</a>.</p></html>
            """,
            http.RequestAborted);
    }
}
