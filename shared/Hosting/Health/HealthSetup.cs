using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.Hosting.Health;

internal static class HealthSetup
{
    public static void AddHealth(this IServiceCollection services) => services
        .AddSingleton<HeartbeatRegistry>()
        .AddSingleton<ReadinessGate>()
        .AddSingleton<HealthReporter>();
}
