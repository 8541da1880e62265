using CryptoScreener.Calculation;
using CryptoScreener.Hosting.Configuration;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.Persistence;
using CryptoScreener.MetricsCalculator.Planning;
using CryptoScreener.MetricsCalculator.Publishing;
using CryptoScreener.MetricsCalculator.Universe;
using CryptoScreener.MetricsCalculator.WarmUp;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CryptoScreener.MetricsCalculator;

internal static class MetricsCalculatorServices
{
    public static IServiceCollection AddMetricsCalculator(this IServiceCollection services)
    {
        services.AddScreenerOptions<CalculatorOptions, CalculatorOptionsValidator>(CalculatorOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CalculatorOptions>, CalculatorTimeframesValidator>());
        return services
            .AddSingleton(s => CalculationPlan.Create(s.GetRequiredService<IOptions<CalculatorOptions>>().Value.ParsedTimeframes))
            .AddSingleton<PlanBook>()
            .AddSingleton<CalculatorMetrics>()
            .AddSingleton<UniverseBoard>()
            .AddSingleton<BenchmarkHistory>()
            .AddSingleton<Benchmarks>()
            .AddHostedService<UniverseReader>()
            .AddSingleton<LaneSet>()
            .AddSingleton<StoredHistory>()
            .AddSingleton<History>()
            .AddSingleton<CandlePersistence>()
            .AddSingleton<FramePersistence>()
            .AddSingleton<CatalogueKeeper>()
            .AddHostedService(s => s.GetRequiredService<CatalogueKeeper>())
            .AddSingleton<StateStore>()
            .AddSingleton<FrameCheckpoints>()
            .AddSingleton<PartitionCalculator>()
            .AddSingleton<CataloguePublisher>()
            .AddHostedService(s => s.GetRequiredService<CataloguePublisher>())
            .AddHostedService<DemandWatcher>()
            .AddSingleton<Rebuilder>()
            .AddHostedService(s => s.GetRequiredService<Rebuilder>())
            .AddSingleton<BackfillListener>()
            .AddHostedService(s => s.GetRequiredService<BackfillListener>())
            .AddHostedService<CalculatorWorker>();
    }
}
