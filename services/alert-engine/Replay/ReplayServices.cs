namespace CryptoScreener.AlertEngine.Replay;

internal static class ReplayServices
{
    public static IServiceCollection AddReplay(this IServiceCollection services) => services
        .AddSingleton<ReplayMetrics>()
        .AddSingleton<ReplayRunner>()
        .AddHostedService<ReplayWorker>();
}
