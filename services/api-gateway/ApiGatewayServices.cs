using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.ApiGateway.Realtime;

namespace CryptoScreener.ApiGateway;

internal static class ApiGatewayServices
{
    public static IServiceCollection AddApiGateway(this IServiceCollection services) => services
        .AddSingleton<GatewayMetrics>()
        .AddSingleton<FrameBook>()
        .AddSingleton<AlertRing>()
        .AddHostedService<FrameListener>()
        .AddHostedService<AlertListener>()
        .AddOperations()
        .AddRealtime()
        .AddAccounts()
        .AddEdge();

    public static WebApplication MapApiGateway(this WebApplication app)
    {
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(25), KeepAliveTimeout = TimeSpan.FromSeconds(25) });
        app.UseEdge();
        app.MapMe();
        app.MapApiKeys();
        app.MapAudit();
        app.MapMetrics();
        app.MapAlerts();
        app.MapOperations();
        app.MapRealtime();
        return app;
    }
}
