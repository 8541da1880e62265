using System.Net;
using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.AlertEngine.Delivery.Guard;
using CryptoScreener.AlertEngine.Recording;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>The delivering part of an engine, in this process.</summary>
internal static class Deliverer
{
    internal static Task<IHost> StartAsync(string database, ResolveHost? resolve = null, params IEnumerable<(string Name, string Value)> settings) =>
        StartAsync(database, resolve, logs: null, settings);

    internal static async Task<IHost> StartAsync(string database, ResolveHost? resolve, ILoggerProvider? logs, params IEnumerable<(string Name, string Value)> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            settings.Prepend(("Storage:ConnectionString", database)).Append(("Delivery:AllowHttp", "true"))
                .Select(setting => KeyValuePair.Create<string, string?>(setting.Item1, setting.Item2)));
        if (resolve is not null) builder.Services.AddSingleton(resolve);
        builder.Services.AddMetrics().AddLogging(logging =>
        {
            if (logs is not null) logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        });
        builder.Services.AddSingleton<StageLatency>().AddSingleton<RecordedSignal>().AddSingleton<HeartbeatRegistry>().AddSingleton(new WorkerIdentity("alert-engine", $"deliverer-{Guid.NewGuid():N}"[..14], "test", false));
        builder.Services.AddScreenerStorage(builder.Configuration).AddDelivery();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    internal static readonly (string, string) Loopback = ("Delivery:AllowedNetworks:0", "127.0.0.0/8");

    internal static Task<IPAddress[]> ToLoopbackAsync(string host, CancellationToken stop) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
}
