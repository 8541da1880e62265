using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.Hosting.Lifecycle;

internal static class LifecycleSetup
{
    // Below Kubernetes' 30 s of grace, with room to write the last logs.
    public static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(25);

    public static void AddLifecycle(this IServiceCollection services)
    {
        services.Configure<HostOptions>(options =>
        {
            options.ShutdownTimeout = DrainLimit;
            // Consumers were registered after what they use and stop before it.
            options.ServicesStopConcurrently = false;
            options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });
        services.AddHostedService<Drain>();
    }
}
