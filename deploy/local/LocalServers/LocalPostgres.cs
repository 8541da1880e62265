using System.Globalization;

namespace CryptoScreener.LocalServers;

/// <summary>A private PostgreSQL, made by initdb on its first start.</summary>
public sealed class LocalPostgres : LocalServer
{
    private const string User = "screener";
    private const int MaxConnections = 200;
    private const int StatusLine = 7; // of postmaster.pid; where pg_ctl looks, too

    private readonly LocalPostgresOptions _options;
    private readonly SystemRoot _system;
    private readonly string _programs;
    private PostgresAccount? _account;

    private LocalPostgres(LocalPostgresOptions options, SystemRoot system) : base("postgres", options, system.TemporaryFolder)
    {
        _options = options;
        _system = system;
        _programs = ServerPrograms.FindPostgres(system, MajorVersionOfData());
    }

    private protected override string StopSignal => "INT"; // the fast shutdown: ends sessions, writes a checkpoint

    private protected override IReadOnlyList<string> Command => _account!.Run(
        Program("postgres"),
        "-D", _system.Inside(Folder.Data),
        "-c", $"listen_addresses={Host}",
        "-c", $"port={Port}",
        "-c", "unix_socket_directories=", // their path length is limited, a data folder's is not
        "-c", $"max_connections={MaxConnections}",
        "-c", $"fsync={(_options.Durable ? "on" : "off")}",
        "-c", $"full_page_writes={(_options.Durable ? "on" : "off")}",
        "-c", "synchronous_commit=on", // even without fsync: off would lose commits when the server is killed
        "-c", "max_wal_size=2GB",
        "-c", $"shared_preload_libraries={(_options.Timescale ? "timescaledb" : "")}",
        "-c", "timescaledb.telemetry_level=off"); // a private server calls nobody; without the extension an unused setting

    public static async Task<LocalPostgres> StartAsync(LocalPostgresOptions? options = null, CancellationToken stop = default)
    {
        options ??= new LocalPostgresOptions();
        var server = new LocalPostgres(options, new SystemRoot(options.SystemRoot));
        await server.StartFirstAsync(server.PrepareAsync, stop);
        return server;
    }

    /// <summary>As Npgsql reads it.</summary>
    public string ConnectionStringOf(string database)
    {
        var password = _options.Password is null ? "" : $";Password={_options.Password}";
        return string.Create(CultureInfo.InvariantCulture, $"Host={Host};Port={Port};Username={User};Database={database}{password}");
    }

    /// <summary>Makes a database if it is not there.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken stop = default)
    {
        string[] command = [.. _system.Enter, Program("createdb"), "-h", Host, "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, name];
        var (code, said) = await Tool.RunForOutputAsync(command, stop, ("PGPASSWORD", _options.Password));
        if (code != 0 && !said.Contains("already exists", StringComparison.Ordinal))
            throw new LocalServerException($"The database '{name}' could not be made on {Host}:{Port}. createdb said:{Environment.NewLine}{said}");
        return ConnectionStringOf(name);
    }

    // What pg_ctl does: the server notes its state in its pid file. A file left by a killed server has another pid.
    private protected override async Task<bool> IsReadyAsync(int processId, CancellationToken stop)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(Folder.Data, "postmaster.pid"), stop);
            return lines.Length > StatusLine
                && lines[0] == processId.ToString(CultureInfo.InvariantCulture)
                && lines[StatusLine].StartsWith("ready", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // not written yet
        }
    }

    private async Task PrepareAsync(CancellationToken stop)
    {
        _account = await PostgresAccount.OwnerOfAsync(_system, Folder.Root, stop);
        if (MajorVersionOfData() is null) await InitialiseAsync(_account, stop);
    }

    // Made beside its place and moved there when complete: an interrupted initdb is simply made again.
    private async Task InitialiseAsync(PostgresAccount account, CancellationToken stop)
    {
        var fresh = Folder.Data + ".new";
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        var passwordFile = Path.Combine(Folder.Root, "password.new");
        if (_options.Password is not null) await account.WriteSecretAsync(passwordFile, _options.Password, stop);
        string[] authentication = _options.Password is null ? ["--auth=trust"] : ["--auth=scram-sha-256", $"--pwfile={_system.Inside(passwordFile)}"];
        await Tool.RunAsync(
            account.Run(Program("initdb"), ["-D", _system.Inside(fresh), "-U", User, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", .. authentication]), stop);
        File.Delete(passwordFile);
        Directory.Move(fresh, Folder.Data);
    }

    private string? MajorVersionOfData()
    {
        var file = Path.Combine(Folder.Data, "PG_VERSION");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }

    private string Program(string name) => Path.Combine(_programs, name);
}
