using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.Hosting.Health;

internal static class HealthSetup
{
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks();
        services
            .AddSingleton<HeartbeatRegistry>()
            .AddSingleton<ReadinessGate>()
            .AddSingleton<HealthReporter>()
            .AddHostedService<DependencyWatch>();
    }
}
