using CryptoScreener.Hosting.Configuration;

namespace CryptoScreener.ApiGateway.Endpoints;

internal static class ResourceSetup
{
    public static IServiceCollection AddResources(this IServiceCollection services)
    {
        services.AddScreenerOptions<QuotaOptions, QuotaOptionsValidator>(QuotaOptions.Section);
        return services
            .AddSingleton<RuleChanges>()
            .AddSingleton<ScreenerQueries>()
            .AddSingleton<CorrelationCache>()
            .AddSingleton<AlertCounts>()
            .AddSingleton<CandlePages>();
    }

    /// <summary>Every resource; one file each.</summary>
    public static void MapResources(this IEndpointRouteBuilder routes)
    {
        routes.MapMe();
        routes.MapInfo();
        routes.MapApiKeys();
        routes.MapAudit();
        routes.MapSettings();
        routes.MapInstruments();
        routes.MapCandles();
        routes.MapMetrics();
        routes.MapMetricHistory();
        routes.MapScreener();
        routes.MapCorrelation();
        routes.MapRules();
        routes.MapRuleStates();
        routes.MapRuleLanguage();
        routes.MapAlerts();
        routes.MapEndpoints();
        routes.MapDeliveries();
        routes.MapPolicies();
        routes.MapSilences();
        routes.MapReplays();
    }
}
