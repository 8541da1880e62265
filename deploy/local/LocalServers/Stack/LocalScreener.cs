using System.Globalization;

namespace CryptoScreener.LocalServers.Stack;

/// <summary>The whole screener on this machine: servers, simulator, workers. Used by the launcher and by the end-to-end tests.</summary>
public sealed class LocalScreener : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly LocalScreenerOptions _options;
    private readonly StackPorts _ports;
    private readonly string _folder;
    private readonly List<LocalProgram> _workers = [];
    private readonly List<Uri> _gateways = [];

    public LocalScreener(LocalScreenerOptions options)
    {
        _options = options;
        _ports = new StackPorts(options.WellKnownPorts);
        _folder = options.DataDirectory ?? Directory.CreateTempSubdirectory("screener-stack-").FullName;
    }

    public LocalNats Nats { get; private set; } = null!;

    public LocalPostgres Postgres { get; private set; } = null!;

    public LocalRedis Redis { get; private set; } = null!;

    /// <summary>Null with a real exchange.</summary>
    public LocalProgram? Simulator { get; private set; }

    public IReadOnlyList<LocalProgram> Workers => _workers;

    public LocalProgram Worker(string service, int replica = 0) => _workers.Where(w => w.Name.StartsWith(service, StringComparison.Ordinal)).ElementAt(replica);

    public string DatabaseConnection { get; private set; } = "";

    public IReadOnlyList<string> Exchanges => _options.Exchanges;

    public int ApiPort => _ports.Api;

    public Uri Api => new($"http://127.0.0.1:{_ports.Api.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Where each gateway answers; the first is at <see cref="Api"/>.</summary>
    public IReadOnlyList<Uri> Gateways => _gateways;

    public Uri? SimulatorApi => Simulator is null ? null : new($"http://127.0.0.1:{_ports.Simulator.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Where the gateway leaves the administrator's key of the first start.</summary>
    public string AdminKeyFile => Path.Combine(_folder, "admin-key");

    /// <summary>Where scripts read what runs and at which addresses (<c>deploy/scripts</c>).</summary>
    public string AddressFile => Path.Combine(_folder, "stack.env");

    /// <summary>The key that the secrets of endpoints are sealed with; made at the first start, then kept.</summary>
    public string SecretKeyFile => Path.Combine(_folder, "secret-key");

    public string LogFolder => _options.LogDirectory ?? Path.Combine(_folder, "logs");

    /// <summary>Starts the three servers.</summary>
    public async Task StartServersAsync(Action<string> progress, CancellationToken stop)
    {
        var kept = _options.DataDirectory is not null;
        progress("nats");
        Nats = await LocalNats.StartAsync(new LocalServerOptions { DataDirectory = Kept("nats"), Arguments = _options.NatsArguments }, stop);
        progress("redis");
        Redis = await LocalRedis.StartAsync(new LocalServerOptions { DataDirectory = Kept("redis") }, stop);
        progress("postgres");
        Postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions { DataDirectory = Kept("postgres"), Durable = kept }, stop);
        DatabaseConnection = await Postgres.CreateDatabaseAsync("screener", stop);

        string? Kept(string server) => kept ? Path.Combine(_folder, server) : null;
    }

    /// <summary>Starts the simulator, unless a real exchange is followed.</summary>
    public async Task StartExchangeAsync(CancellationToken stop)
    {
        if (_options.RealExchange) return;
        var port = _ports.Simulator.ToString(CultureInfo.InvariantCulture);
        Simulator = new LocalProgram(
            "exchange-simulator", "ExchangeSimulator", _ports.Simulator, LogFolder, _options.Settings, ["--port", port, "--exchanges", string.Join(',', Exchanges), .. _options.SimulatorArguments]);
        await Simulator.StartAsync(stop);
    }

    /// <summary>Whether the simulated exchange answers.</summary>
    public async Task<bool> IsSimulatorUpAsync(CancellationToken stop)
    {
        try
        {
            return await Http.GetStringAsync(new Uri(SimulatorApi!, "/sim/health"), stop) is not null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What should run and does not, by name.</summary>
    public IEnumerable<string> Ended() =>
    [
        .. _workers.Where(w => !w.IsRunning).Select(w => w.Name),
        .. Simulator is { IsRunning: false } ? ["exchange-simulator"] : Array.Empty<string>(),
        .. Nats.IsRunning ? Array.Empty<string>() : ["nats"],
        .. Redis.IsRunning ? Array.Empty<string>() : ["redis"],
        .. Postgres.IsRunning ? Array.Empty<string>() : ["postgres"],
    ];

    public async Task StartWorkersAsync(CancellationToken stop)
    {
        for (var replica = 0; replica < _options.Replicas; replica++)
        {
            foreach (var (service, project) in StackWorkers.All) await AddWorkerAsync(service, project, replica, stop);
        }
    }

    /// <summary>Another process of a worker, beside those that run.</summary>
    public Task<LocalProgram> AddWorkerAsync(string service, CancellationToken stop) => AddWorkerAsync(
        service, StackWorkers.All.Single(w => w.Service == service).Project, _workers.Count(w => w.Name.StartsWith(service, StringComparison.Ordinal)), stop);

    /// <summary>Ends everything, users before what they use.</summary>
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(AddressFile)) File.Delete(AddressFile);
        await Task.WhenAll(_workers.Select(w => w.StopAsync()));
        if (Simulator is not null) await Simulator.StopAsync();
        foreach (var server in new LocalServer?[] { Nats, Redis, Postgres })
            if (server is not null) await server.DisposeAsync();
        if (_options.DataDirectory is null && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private async Task<LocalProgram> AddWorkerAsync(string service, string project, int replica, CancellationToken stop)
    {
        var metrics = _ports.Metrics(service, replica);
        var api = service == "api-gateway" ? _ports.ApiOf(replica) : 0;
        if (api > 0) _gateways.Add(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{api}")));
        var settings = StackWorkers.Settings(this, service, metrics, api);
        foreach (var (name, value) in _options.Settings.Concat(_options.SettingsOf(service))) settings[name] = value;
        var process = replica == 0 ? service : string.Create(CultureInfo.InvariantCulture, $"{service}-{replica + 1}");
        var worker = new LocalProgram(process, project, metrics, LogFolder, settings, []);
        _workers.Add(worker);
        await worker.StartAsync(stop);
        StackAddresses.Write(AddressFile, this);
        return worker;
    }
}
