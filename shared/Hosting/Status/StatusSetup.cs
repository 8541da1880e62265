using CryptoScreener.Contracts.Status;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.Hosting.Status;

internal static class StatusSetup
{
    /// <summary>A delegate, so that whoever publishes it (Messaging) need not know Hosting.</summary>
    public static void AddStatus(this IServiceCollection services) => services
        .AddSingleton<MeterReadings>()
        .AddSingleton<StatusReporter>()
        .AddSingleton<Func<ServiceStatus>>(s => s.GetRequiredService<StatusReporter>().Report);
}
