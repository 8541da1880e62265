using System.IO.Compression;
using System.Net;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Configuration;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>Everything a request passes before its route. The order is the point.</summary>
internal static class EdgeSetup
{
    private const int LeastBytesPerSecond = 240;
    private static readonly string[] Told = [CorrelationIds.Header, "ETag", "Link", "Location", "Retry-After", RememberedAlerts.Header, "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];

    public static IServiceCollection AddEdge(this IServiceCollection services)
    {
        services.AddScreenerOptions<EdgeOptions, EdgeOptionsValidator>(EdgeOptions.Section);
        services.AddSingleton<IValidateOptions<EdgeOptions>, EdgeOptionsCrossCheck>();
        services.AddOptions<KestrelServerOptions>().Configure<IServiceProvider>(LimitKestrel);
        // What a socket is told goes to the kernel on the thread that tells it; nothing here blocks a thread that reads connections.
        services.Configure<SocketTransportOptions>(transport => transport.UnsafePreferInlineScheduling = true);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<EdgeOptions>>(TrustProxies);
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<EdgeOptions>>(AllowOrigins);
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true; // answers hold no secret beside text that a stranger could choose
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, ApiProblem.ContentType, "application/x-ndjson", "application/openapi+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // so that Problems explains it
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        return services.AddSingleton<RateLimiter>().AddSingleton<CallerRates>();
    }

    public static void UseEdge(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value.TrustedProxies.Length > 0) app.UseForwardedHeaders();
        app.UseCorrelationIds();
        app.UseMiddleware<RequestMeasure>();
        app.UseResponseCompression();
        app.UseMiddleware<Problems>();
        app.UseHeadAsGet();
        app.UseRouting();
        app.UseCors();
        app.UseMiddleware<RequestShape>();
        app.UseMiddleware<TimeLimitMiddleware>();
        app.UseMiddleware<AccountMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
        app.UseMiddleware<QueryGate>();
        app.UseMiddleware<BusGate>();
        app.UseMiddleware<ConditionalGet>();
        app.UseMiddleware<BodyGate>();
        app.UseMiddleware<Idempotency>();
    }

    private static void LimitKestrel(KestrelServerOptions kestrel, IServiceProvider services)
    {
        try
        {
            var edge = services.GetRequiredService<IOptions<EdgeOptions>>().Value;
            kestrel.Limits.MaxRequestBodySize = edge.MaxBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = edge.SlowRequestTimeout;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(LeastBytesPerSecond, edge.SlowRequestTimeout);
            kestrel.Limits.MaxRequestLineSize = edge.MaxQueryBytes + 8 * 1024; // above our own limit, which explains itself
        }
        catch (OptionsValidationException)
        {
            // Read while the host is built; the start tells all that is wrong with the settings, this included.
        }
    }

    private static void TrustProxies(ForwardedHeadersOptions forwarded, IOptions<EdgeOptions> edge)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null; // as many as are trusted, one behind the other
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in edge.Value.TrustedProxies)
            if (System.Net.IPNetwork.TryParse(proxy, out var network)) forwarded.KnownIPNetworks.Add(network);
            else forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
    }

    private static void AllowOrigins(CorsOptions cors, IOptions<EdgeOptions> edge) => cors.AddDefaultPolicy(policy =>
    {
        // Without cookies there is nothing that a foreign page could use but what its visitor gives it.
        policy.WithOrigins(edge.Value.CorsOrigins).AllowAnyMethod().AllowAnyHeader().WithExposedHeaders(Told).SetPreflightMaxAge(TimeSpan.FromHours(1));
        if (edge.Value.CorsOrigins.Contains("*")) policy.AllowAnyOrigin();
    });
}
