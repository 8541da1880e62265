using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.AlertEngine.Recording;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Storage.Ownership;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.Benchmarks.Delivery;

/// <summary>
/// Signed webhooks to healthy receivers on this machine, alone, beside a hundred that refuse and beside a hundred that never answer, from a
/// PostgreSQL that syncs its commits.
/// </summary>
internal static class DeliveryBench
{
    private const int Healthy = 20;
    private const int Dead = 100;
    private const int Alerts = 1_000;
    private const int Singles = 100;
    private const double MostSlower = 2; // than alone, in one run: the machine is the same for both, however busy it is
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    internal static async Task RunAsync()
    {
        await using var postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions { Durable = true });
        await using var receiver = await CountingReceiver.StartAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(Dead * 16); // the system takes the connections; nobody reads them
        var alone = await MeasureAsync(await postgres.CreateDatabaseAsync("alone"), receiver, 0, "");
        var refusing = await MeasureAsync(await postgres.CreateDatabaseAsync("refusing"), receiver, Dead, "http://127.0.0.1:1/");
        var besideSilent = await MeasureAsync(await postgres.CreateDatabaseAsync("silent"), receiver, Dead, $"http://{silent.LocalEndpoint}/");
        var report = new BenchReport("delivery");
        report.Add(Numbers.Webhooks.Of($"{Healthy} receivers", alone.PerSecond));
        Report(report, "alone", alone, alone);
        Report(report, $"beside {Dead} that refuse", refusing, alone);
        Report(report, $"beside {Dead} that never answer", besideSilent, alone);
    }

    private static async Task<Run> MeasureAsync(string database, CountingReceiver receiver, int dead, string deadUrl)
    {
        using var host = Build(database);
        var services = host.Services;
        var names = Enumerable.Range(0, Healthy).Select(i => $"ok-{i}").Concat(Enumerable.Range(0, dead).Select(i => $"dead-{i}")).ToList();
        foreach (var name in names)
        {
            var url = name.StartsWith("ok", StringComparison.Ordinal) ? receiver.Address.ToString() : deadUrl;
            await services.GetRequiredService<EndpointStore>().SaveAsync(new Endpoint { Id = name, Name = name, Kind = "webhook", Url = url, Secrets = [Secret] });
        }

        var recorder = new Recorder(services);
        await recorder.RecordAsync(Enumerable.Range(0, Alerts).Select(i => $"bulk-{i}"), names);
        receiver.Reset();
        var watch = Stopwatch.StartNew();
        await host.StartAsync();
        await receiver.ReachedAsync(Healthy * Alerts);
        var perSecond = Healthy * Alerts / watch.Elapsed.TotalSeconds;
        var latencies = new List<double>();
        for (var i = 0; i < Singles; i++)
        {
            receiver.Reset();
            await recorder.RecordAsync([$"single-{i}"], ["ok-0"]);
            var started = Stopwatch.GetTimestamp();
            services.GetRequiredService<RecordedSignal>().Raise();
            await receiver.ReachedAsync(1);
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        await host.StopAsync();
        latencies.Sort();
        return new Run(perSecond, latencies[latencies.Count / 2], latencies[(int)(latencies.Count * 0.99) - 1]);
    }

    private static IHost Build(string database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = database,
            ["Delivery:AllowHttp"] = "true",
            ["Delivery:AllowedNetworks:0"] = "127.0.0.0/8",
        });
        builder.Services.AddMetrics().AddLogging(logging => logging.ClearProviders()).AddSingleton<StageLatency>().AddSingleton<RecordedSignal>().AddSingleton<HeartbeatRegistry>()
            .AddSingleton(new WorkerIdentity("alert-engine", "bench", "bench", false));
        builder.Services.AddScreenerStorage(builder.Configuration).AddDelivery();
        return builder.Build();
    }

    private static void Report(BenchReport report, string beside, Run run, Run alone)
    {
        if (run != alone) report.Add(Numbers.DeadEndpoints.Of(beside, 100 * run.PerSecond / alone.PerSecond));
        report.Add(new Measured("deliveries", beside, run.PerSecond, "/s", IsMoreBetter: true));
        report.Add(new Measured("recorded → received, p50", beside, run.P50, "ms"));
        report.Add(new Measured("recorded → received, p99", beside, run.P99, "ms") { Baseline = run == alone ? null : new("alone", alone.P99), MaxRatio = run == alone ? null : MostSlower });
    }

    private sealed record Run(double PerSecond, double P50, double P99);

    /// <summary>Records alerts as the engine's recorder does.</summary>
    private sealed class Recorder(IServiceProvider services)
    {
        private static readonly PartitionLease Lease = new("recorder", 0, 1);
        private long _sequence;

        public async Task RecordAsync(IEnumerable<string> ids, IReadOnlyList<string> endpoints)
        {
            var checkpoints = services.GetRequiredService<CheckpointStore>();
            if (_sequence == 0) await checkpoints.AdoptAsync("alerts", Lease);
            foreach (var chunk in ids.Chunk(100))
            {
                var alerts = chunk.Select(id => new StoredAlert(Alert(id), ++_sequence)).ToList();
                var deliveries = alerts.SelectMany(alert => endpoints.Select(endpoint => new NewDelivery(alert.Event.Id, endpoint))).ToList();
                await checkpoints.CommitAsync(
                    "alerts", Lease, new Checkpoint(_sequence, 0), (transaction, stop) => AlertStore.RecordAsync(transaction, alerts, deliveries, stop));
            }
        }

        private static AlertEvent Alert(string id) => new()
        {
            Id = id,
            Symbol = "BTCUSDT",
            Exchange = "binance-futures",
            RuleType = "custom",
            RuleId = "r",
            RuleVersion = 1,
            Description = "RSI is low",
            Severity = AlertSeverity.Info,
            State = AlertState.Fired,
            Timestamp = DateTime.UnixEpoch,
            Price = 65_432.1,
            Metadata = new Dictionary<string, double> { ["rsi(14,1h)"] = 29.5, ["volume(5m)"] = 4_567_890 },
            TriggerKey = "k",
        };
    }
}
