using CryptoScreener.AlertEngine;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging;
using CryptoScreener.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>The worker as its process runs it, in this one.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    private readonly IHost _host;

    private RunningEngine(IHost host) => _host = host;

    internal static async Task<RunningEngine> StartAsync(
        LocalNats nats, string database, EngineRoles roles, params IEnumerable<(string Name, string Value)> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.Url)}"] = nats.Url,
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.StreamMegabytes)}"] = "64",
            ["Storage:ConnectionString"] = database,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)));
        builder.Services.AddMetrics().AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(WorkerIdentity.Of("alert-engine", "engine-0"));
        builder.Services.AddSingleton<ReadinessGate>();
        builder.Services.AddSingleton<HeartbeatRegistry>();
        builder.Services.AddSingleton<StageLatency>().AddSingleton<MarketTrace>();
        builder.Services.AddScreenerMessaging();
        builder.Services.AddScreenerStorage(builder.Configuration);
        builder.Services.AddAlertEngine(roles);
        var host = builder.Build();
        await host.StartAsync();
        return new RunningEngine(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        _host.Dispose();
    }
}
