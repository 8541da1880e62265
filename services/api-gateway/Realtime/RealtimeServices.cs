using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Hosting.Configuration;

namespace CryptoScreener.ApiGateway.Realtime;

internal static class RealtimeServices
{
    public static IServiceCollection AddRealtime(this IServiceCollection services)
    {
        services.AddScreenerOptions<RealtimeOptions, RealtimeOptionsValidator>(RealtimeOptions.Section);
        return services
            .AddSingleton<CandleBook>()
            .AddHostedService<CandleListener>()
            .AddSingleton<MarketView>()
            .AddSingleton<TopicClock>()
            .AddHostedService(provider => provider.GetRequiredService<TopicClock>())
            .AddSingleton<TopicBook>()
            .AddSingleton<BarHistory>()
            .AddSingleton<AlertResume>()
            .AddSingleton<AlertMessages>()
            .AddSingleton<AlertBell>()
            .AddSingleton<ChannelSet>()
            .AddSingleton<Admission>()
            .AddSingleton<SocketBook>()
            .AddHostedService(provider => provider.GetRequiredService<SocketBook>())
            .AddSingleton<RealtimeEndpoint>()
            .AddSingleton<AlertStreamEndpoint>()
            .AddSingleton<OneWayEndpoint>()
            .AddSingleton<AlertSocketEndpoint>();
    }

    public static void MapRealtime(this IEndpointRouteBuilder routes)
    {
        routes.Map("/ws/v1", (HttpContext http, RealtimeEndpoint endpoint) => endpoint.HandleAsync(http)).OpenToAll(); // a client may give its token in the first message
        routes.MapGet("/api/v1/alerts/stream", (HttpContext http, AlertStreamEndpoint endpoint) => endpoint.HandleAsync(http))
            .Reads(Scopes.Alerts).Takes(AlertStreamEndpoint.Symbol, AlertStreamEndpoint.RuleId).WithMetadata(Unlimited.Instance).WithTags("alerts").WithSummary("Alerts as they come, as server-sent events");
        routes.Map("/ws/alerts", (HttpContext http, AlertSocketEndpoint endpoint) => endpoint.HandleAsync(http)).Reads(Scopes.Alerts).Takes(AlertSocketEndpoint.After);
    }
}
