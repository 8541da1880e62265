using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.DataCollector.Ownership;
using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CryptoScreener.DataCollector;

internal static class DataCollectorServices
{
    public static IServiceCollection AddDataCollector(this IServiceCollection services)
    {
        services.AddScreenerOptions<CollectorOptions, CollectorOptionsValidator>(CollectorOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CollectorOptions>, CollectorExchangesCheck>());
        return services
            .AddSingleton<CandleMetrics>()
            .AddSingleton<FeedMetrics>()
            .AddSingleton<RestMetrics>()
            .AddSingleton<GapMetrics>()
            .AddSingleton<AuditMetrics>()
            .AddSingleton<HistoryMetrics>()
            .AddSingleton<FeedPublisher>()
            .AddSingleton<CandleArchive>()
            .AddSingleton<StartHistory>()
            .AddSingleton<EndedHistory>()
            .AddSingleton<GapRecords>()
            .AddHostedService(s => s.GetRequiredService<GapRecords>())
            .AddSingleton<MarkPublisher>()
            .AddHostedService(s => s.GetRequiredService<MarkPublisher>())
            .AddSingleton<ExchangeWorkers>()
            .AddSingleton(s => HistoryEndpoint.Of(() => s.GetRequiredService<ExchangeWorkers>().History))
            .AddHostedService<CollectorWorker>();
    }
}
