using System.Globalization;
using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Monitoring;

/// <summary>Everything deploy/prometheus watches besides the workers: exporters of the machine and of the servers, Alertmanager, and Prometheus itself.</summary>
internal sealed class Monitors : IAsyncDisposable
{
    private readonly List<RunningMonitor> _programs = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("screener-monitors-").FullName;
    private NatsExposition _nats = null!;

    private Monitors()
    {
    }

    public RunningPrometheus Prometheus { get; private set; } = null!;

    public static async Task<Monitors> StartAsync(LocalScreener stack, int natsMonitoringPort)
    {
        var monitors = new Monitors();
        try
        {
            await monitors.LaunchAsync(stack, natsMonitoringPort);
            return monitors;
        }
        catch
        {
            await monitors.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Prometheus?.Dispose();
        foreach (var program in _programs) program.Dispose();
        if (_nats is not null) await _nats.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task LaunchAsync(LocalScreener stack, int natsMonitoringPort)
    {
        var routes = Path.Combine(_folder, "alertmanager.yml");
        var (code, said) = await ExternalProgram.Shell.RunAsync($"deploy/alertmanager/render.sh {routes}", environment: $"ALERTMANAGER_WEBHOOK_URL={stack.Api}alerts/webhook");
        Assert.True(code == 0, said);
        _nats = await NatsExposition.StartAsync(natsMonitoringPort);
        await AddAsync("node", "prometheus-node-exporter", "--web.listen-address=127.0.0.1:{0}");
        await AddAsync("redis", "prometheus-redis-exporter", $"--redis.addr=redis://{stack.Redis.Configuration} --web.listen-address=127.0.0.1:{{0}}");
        await AddAsync("postgres", "prometheus-postgres-exporter", "--web.listen-address=127.0.0.1:{0}", $"DATA_SOURCE_NAME=postgresql://screener@127.0.0.1:{Number(stack.Postgres.Port)}/screener?sslmode=disable");
        await AddAsync("alertmanager", "prometheus-alertmanager", $"--config.file={routes} --storage.path={_folder}/alertmanager --web.listen-address=127.0.0.1:{{0}} --cluster.listen-address=");
        var port = FreePort.Next();
        Prometheus = await RunningPrometheus.StartAsync(Configuration(stack, port), port);
    }

    /// <summary>Groups that are evaluated every half minute or more would decide how long the test waits.</summary>
    private string RulesAtOurPace()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "rules")).FullName;
        foreach (var file in Directory.GetFiles(Repository.PathOf("deploy", "prometheus", "rules"), "*.yml"))
            File.WriteAllLines(Path.Combine(folder, Path.GetFileName(file)), File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("interval:", StringComparison.Ordinal)));
        return folder;
    }

    private async Task AddAsync(string job, string program, string arguments, string environment = "") =>
        _programs.Add(await RunningMonitor.StartAsync(job, program, arguments, environment));

    private string Configuration(LocalScreener stack, int itself)
    {
        var targets = stack.Workers.Select(worker => (Job: worker.Name, Address: $"127.0.0.1:{Number(worker.HealthPort)}"))
            .Concat(_programs.Select(program => (program.Job, program.Address)))
            .Append((Job: "nats", Address: _nats.Address)).Append((Job: "prometheus", Address: $"127.0.0.1:{Number(itself)}"));
        return $"""
            global: {"{scrape_interval: 1s, evaluation_interval: 2s}"}
            rule_files: ["{RulesAtOurPace()}/*.yml"]
            alerting: {"{"}alertmanagers: [{"{"}static_configs: [{"{"}targets: ["{_programs.Single(program => program.Job == "alertmanager").Address}"]{"}"}]{"}"}]{"}"}
            scrape_configs:
            {string.Join('\n', targets.Select(target => $"  - {{job_name: {target.Job}, static_configs: [{{targets: [\"{target.Address}\"]}}]}}"))}
            """;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
