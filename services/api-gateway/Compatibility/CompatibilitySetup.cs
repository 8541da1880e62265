using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Compatibility.Udf;
using CryptoScreener.Hosting.Health;

namespace CryptoScreener.ApiGateway.Compatibility;

/// <summary>What clients of others and of the earlier product ask for, in the shapes that they know.</summary>
internal static class CompatibilitySetup
{
    public static IServiceCollection AddCompatibility(this IServiceCollection services) => services.AddSingleton<UdfSymbols>();

    public static void MapCompatibility(this IEndpointRouteBuilder routes)
    {
        routes.MapFormerMetrics();
        routes.MapFormerAlerts();
        routes.MapFormerSettings();
        routes.MapKlines();
        routes.MapTickers();
        routes.MapReadiness("/health").OpenToAll();
        routes.MapReadiness("/api/health").OpenToAll();
        routes.MapUdf();
    }
}
