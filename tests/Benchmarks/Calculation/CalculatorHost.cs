using System.Globalization;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging;
using CryptoScreener.MetricsCalculator;
using CryptoScreener.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.Benchmarks.Calculation;

/// <summary>The calculator's worker in this process.</summary>
internal sealed class CalculatorHost : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
    private readonly IHost _host;

    private CalculatorHost(IHost host) => _host = host;

    internal IServiceProvider Services => _host.Services;

    /// <summary>All of it, or (not running) only its parts.</summary>
    internal static async Task<CalculatorHost> StartAsync(
        LocalNats nats, string database, int partitions, bool isRunning = true, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.Url)}"] = nats.Url,
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.StreamMegabytes)}"] = "512",
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.Partitions)}"] = partitions.ToString(CultureInfo.InvariantCulture),
            ["Storage:ConnectionString"] = database,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)));
        builder.Services.AddMetrics();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(WorkerIdentity.Of("metrics-calculator", "bench"));
        builder.Services.AddSingleton<ReadinessGate>();
        builder.Services.AddSingleton<HeartbeatRegistry>();
        builder.Services.AddSingleton<StageLatency>();
        builder.Services.AddScreenerMessaging();
        builder.Services.AddScreenerStorage(builder.Configuration);
        builder.Services.AddMetricsCalculator();
        if (!isRunning)
            foreach (var worker in builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && IsOfCalculator(service)).ToList()) builder.Services.Remove(worker);
        var host = builder.Build();
        await host.StartAsync();
        return new CalculatorHost(host);
    }

    /// <summary>Returns when so many partitions have all their instruments' history.</summary>
    internal async Task WarmAsync(int partitions, CancellationToken stop)
    {
        var gate = Services.GetRequiredService<ReadinessGate>();
        while (gate.Checks.FirstOrDefault(check => check.Name == "partitions") is not { Ok: true } check || Warm(check) < partitions)
            await Task.Delay(LookEvery, TimeProvider.System, stop);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _host.StopAsync(patience.Token);
        _host.Dispose();
    }

    private static bool IsOfCalculator(ServiceDescriptor service) =>
        (service.ImplementationType ?? service.ImplementationFactory?.Method.DeclaringType)?.Assembly == typeof(CalculatorWorker).Assembly;

    /// <summary>It begins with their number.</summary>
    private static int Warm(ReadinessCheck check) => int.Parse(check.Detail.Split(' ')[0], CultureInfo.InvariantCulture);
}
