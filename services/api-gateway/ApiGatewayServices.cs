using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Compatibility;
using CryptoScreener.ApiGateway.Demands;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.OpenApi;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.ApiGateway.Page;
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
        .AddSingleton<InstrumentDirectory>()
        .AddAccounts()
        .AddEdge()
        .AddResources()
        .AddDemands()
        .AddCompatibility()
        .AddReference()
        .AddOperations()
        .AddRealtime()
        .AddPage();

    public static WebApplication MapApiGateway(this WebApplication app)
    {
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(25), KeepAliveTimeout = TimeSpan.FromSeconds(25) });
        app.UseEdge();
        app.MapResources();
        app.MapCompatibility();
        app.MapReference();
        app.MapOperations();
        app.MapRealtime();
        app.MapPage();
        return app;
    }
}
