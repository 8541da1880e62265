using CryptoScreener.Hosting.Configuration;

namespace CryptoScreener.ApiGateway.Operations;

internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddScreenerOptions<OperationsOptions, OperationsOptionsValidator>(OperationsOptions.Section);
        return services
            .AddSingleton<ServiceBook>()
            .AddSingleton<ExchangeBook>()
            .AddSingleton<OperatorAlertBook>()
            .AddSingleton<PerformanceHistory>()
            .AddSingleton<PerformancePast>()
            .AddHostedService<PerformanceKeeper>()
            .AddSingleton<PeopleReader>()
            .AddSingleton<OperationsViews>()
            .AddSingleton<PerformanceSampler>()
            .AddHostedService(provider => provider.GetRequiredService<PerformanceSampler>())
            .AddHostedService<StatusListener>();
    }
}
