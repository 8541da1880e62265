namespace CryptoScreener.ApiGateway.Edge;

internal static class HeadAsGet
{
    /// <summary>HEAD works wherever GET does: the route sees a GET, the server sends no body because it knows better.</summary>
    public static IApplicationBuilder UseHeadAsGet(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method)) http.Request.Method = HttpMethods.Get;
        return next(http);
    });
}
