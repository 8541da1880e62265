using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging;
using CryptoScreener.MetricsCalculator;
using CryptoScreener.Storage;
using CryptoScreener.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>The worker as its process runs it, in this one.</summary>
internal sealed class RunningCalculator : IAsyncDisposable
{
    internal const int Partitions = 2;
    private readonly IHost _host;

    private RunningCalculator(IHost host) => _host = host;

    internal static Task<RunningCalculator> StartAsync(LocalNats nats, string database, string instance, params (string Name, string? Value)[] settings) =>
        StartAsync(nats.Url, database, instance, settings);

    internal static async Task<RunningCalculator> StartAsync(string natsUrl, string database, string instance, params (string Name, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.Url)}"] = natsUrl,
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.StreamMegabytes)}"] = "64",
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.Partitions)}"] = $"{Partitions}",
            ["Storage:ConnectionString"] = database,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(WorkerIdentity.Of("metrics-calculator", instance));
        builder.Services.AddSingleton<ReadinessGate>();
        builder.Services.AddSingleton<HeartbeatRegistry>();
        builder.Services.AddSingleton<StageLatency>();
        builder.Services.AddScreenerMessaging();
        builder.Services.AddScreenerStorage(builder.Configuration);
        builder.Services.AddMetricsCalculator();
        var host = builder.Build();
        await host.StartAsync();
        return new RunningCalculator(host);
    }

    internal T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    internal Task WarmAsync() => Eventually.TrueAsync(() => _host.Services.GetRequiredService<ReadinessGate>().IsReady, "the calculator is warm");

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        _host.Dispose();
    }
}
