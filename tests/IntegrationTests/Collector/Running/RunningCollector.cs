using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Ownership;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Operations;
using CryptoScreener.Messaging;
using CryptoScreener.Storage;
using CryptoScreener.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.IntegrationTests.Collector.Running;

/// <summary>The collector as its process runs it, in this one, on exchanges of a simulator.</summary>
internal sealed class RunningCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningCollector(WebApplication app) => _app = app;

    internal Uri Operations => Get<OperationsServer>().Address;

    internal HistoryStatus History => Get<ExchangeWorkers>().History[0];

    internal T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    internal static async Task<RunningCollector> StartAsync(SimulatedExchange exchange, string nats, string database, params string[] settings)
    {
        var section = $"--Collector:Exchanges:{exchange.Name}";
        var builder = WebApplication.CreateSlimBuilder(
        [
            "--Hosting:MetricsPort=0", "--Hosting:BindAddress=127.0.0.1", "--Messaging:StreamMegabytes=64",
            $"--Messaging:Url={nats}", $"--Storage:ConnectionString={database}",
            $"{section}:Simulated=true", $"{section}:RestUrl={exchange.Rest}", $"{section}:StreamUrl={exchange.Stream}",
            "--Collector:BackfillHours=1", "--Collector:HistoryBars=0", "--Collector:CloseGraceMs=100", "--Collector:CloseDeadlineMs=1000",
            .. settings,
        ]);
        builder.AddScreenerDefaults("data-collector");
        builder.Logging.ClearProviders();
        builder.Services.AddScreenerMessaging();
        builder.Services.AddScreenerStorage(builder.Configuration);
        builder.Services.AddDataCollector();
        var app = builder.Build();
        await app.StartAsync();
        return new RunningCollector(app);
    }

    /// <summary>Returns when the long history of so many instruments is loaded.</summary>
    internal Task HistoryAsync(int instruments) => Eventually.TrueAsync(
        () => Task.FromResult(History.Complete && History.Instruments == instruments), () => $"the history of {instruments} instruments is loaded; it is at {History}");

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        await _app.DisposeAsync();
    }
}
