using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Access;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Catalogues;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Storage.Gaps;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Maintenance;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Storage.Migrations;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Storage.Performance;
using CryptoScreener.Storage.Redis;
using CryptoScreener.Storage.Replays;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Storage.Secrets;
using CryptoScreener.Storage.Silences;
using CryptoScreener.Storage.TimeTables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Storage;

public static class StorageServices
{
    /// <summary>Everything that keeps data: the stores, leases and checkpoints, migrations at start, Redis state, health.</summary>
    /// <param name="whileAway">What this worker is while PostgreSQL is away: degraded when live data go on without it, else unhealthy.</param>
    public static IServiceCollection AddScreenerStorage(
        this IServiceCollection services, IConfiguration configuration, HealthStatus whileAway = HealthStatus.Degraded)
    {
        services.AddOptionsWithValidateOnStart<StorageOptions, StorageOptionsValidator>().Bind(configuration.GetSection(StorageOptions.Section));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsCrossCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();

        services.AddSingleton(s => new StorageMetrics(s.GetRequiredService<IMeterFactory>(), OptionsOf(s).MaxPoolSize));
        services.AddSingleton(s => DataSource.Create(OptionsOf(s), s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(s => new Migrator(Migration.Embedded, OptionsOf(s).TimeSeries, s.GetRequiredService<ILogger<Migrator>>()));
        services.AddSingleton<WhenAvailable>();
        services.AddSingleton<Database>();
        services.AddSingleton<TimeSpans>();
        services.AddSingleton<TimeTableWriter>();
        services.AddHostedService<MigrateAtStart>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("postgresql", whileAway, ["ready"]);

        services.AddSingleton(s => new InstrumentStore(DatabaseOf(s)));
        services.AddSingleton(s => new CandleWriter(DatabaseOf(s), s.GetRequiredService<TimeTableWriter>()));
        services.AddSingleton(s => new CandleReader(DatabaseOf(s)));
        services.AddSingleton(s => new CatalogueStore(DatabaseOf(s)));
        services.AddSingleton(s => new MetricHistory(
            DatabaseOf(s), s.GetRequiredService<TimeTableWriter>(), s.GetRequiredService<CatalogueStore>()));
        services.AddSingleton(s => new DemandStore(DatabaseOf(s)));
        services.AddSingleton(s => new GapStore(DatabaseOf(s)));
        services.AddSingleton(s => new CheckpointStore(DatabaseOf(s)));
        services.AddSingleton(s => new SnapshotStore(DatabaseOf(s)));
        services.AddSingleton(s => new PartitionLeases(
            new LeaseStore(DatabaseOf(s)), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<PartitionLeases>>()));
        services.AddSingleton(s => new RuleStore(DatabaseOf(s)));
        services.AddSingleton(s => new RuleFaultStore(DatabaseOf(s)));
        services.AddSingleton(s => new RulePhaseStore(DatabaseOf(s)));
        services.AddSingleton(s => new ReplayStore(DatabaseOf(s)));
        services.AddSingleton(s => new SilenceStore(DatabaseOf(s)));
        services.AddSingleton(s => new AlertStore(DatabaseOf(s)));
        services.AddSingleton(s => new AcknowledgementStore(DatabaseOf(s)));
        services.AddSingleton(s => new SecretBox(OptionsOf(s).SecretKeys));
        services.AddSingleton(s => new EndpointStore(DatabaseOf(s), s.GetRequiredService<SecretBox>()));
        services.AddSingleton(s => new DeliveryStore(DatabaseOf(s)));
        services.AddSingleton(s => new DeliveryLog(DatabaseOf(s)));
        services.AddSingleton(s => new PolicyStore(DatabaseOf(s)));
        services.AddSingleton(s => new ApiKeyStore(DatabaseOf(s)));
        services.AddSingleton(s => new IdempotencyStore(DatabaseOf(s)));
        services.AddSingleton(s => new RuleReader(DatabaseOf(s)));
        services.AddSingleton(s => new AlertSummaries(DatabaseOf(s)));
        services.AddSingleton(s => new AuditLog(DatabaseOf(s)));
        services.AddSingleton(s => new SettingsStore(DatabaseOf(s)));
        services.AddSingleton(s => new ActivityStore(DatabaseOf(s)));
        services.AddSingleton(s => new PerformanceStore(DatabaseOf(s)));
        services.AddSingleton(s => new RedisState(
            OptionsOf(s).Redis, s.GetRequiredService<StorageMetrics>(), s.GetRequiredService<ILogger<RedisState>>()));
        return services;
    }

    /// <summary>Roll-ups, retention and the disk budget, for the workers that write; several may have it.</summary>
    public static IServiceCollection AddScreenerStorageMaintenance(this IServiceCollection services)
    {
        services.AddSingleton(s => new CandleRollUp(
            DatabaseOf(s), s.GetRequiredService<TimeSpans>(),
            [.. OptionsOf(s).RollUpTimeframes.Split(',', StringSplitOptions.TrimEntries).Select(Timeframe.Parse)]));
        services.AddSingleton<MetricsRollUp>();
        services.AddSingleton(s => new Retention(
            DatabaseOf(s), s.GetRequiredService<TimeSpans>(), OptionsOf(s).Retention, s.GetRequiredService<ILogger<Retention>>()));
        services.AddSingleton<Compression>();
        services.AddSingleton(s => new DiskBudget(
            DatabaseOf(s), s.GetRequiredService<StorageMetrics>(), OptionsOf(s).DiskBudgetGigabytes, s.GetRequiredService<ILogger<DiskBudget>>()));
        services.AddSingleton<MaintenanceService>();
        services.AddHostedService(s => s.GetRequiredService<MaintenanceService>());
        services.AddHostedService<RollUpService>();
        return services;
    }

    private static StorageOptions OptionsOf(IServiceProvider services) => services.GetRequiredService<IOptions<StorageOptions>>().Value;

    private static Database DatabaseOf(IServiceProvider services) => services.GetRequiredService<Database>();
}
