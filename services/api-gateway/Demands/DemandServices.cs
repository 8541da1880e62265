namespace CryptoScreener.ApiGateway.Demands;

internal static class DemandServices
{
    public static IServiceCollection AddDemands(this IServiceCollection services) => services
        .AddSingleton<DemandAllowance>()
        .AddSingleton<FirstLooks>()
        .AddSingleton<PageDemands>()
        .AddHostedService<PageDemandNotes>();
}
