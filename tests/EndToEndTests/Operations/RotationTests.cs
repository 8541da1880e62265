using System.Globalization;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;
using NATS.Client.Core;
using Npgsql;
using StackExchange.Redis;

namespace CryptoScreener.EndToEndTests.Operations;

/// <summary>New passwords for servers that have some: the new ones open, the old ones no longer do, and a failed rotation changes nothing.</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("screener-rotation-").FullName;
    private readonly int _busPort = FreePort.Next();
    private readonly int _monitorPort = FreePort.Next();
    private LocalPostgres _postgres = null!;
    private LocalRedis _redis = null!;

    private string SettingsFile => Path.Combine(_folder, ".env");

    private string ClusterFile => Path.Combine(_folder, "k8s", "base", "secrets.env");

    public async Task InitializeAsync()
    {
        await SucceedsAsync("deploy/scripts/secrets.sh", $"SCREENER_ROOT={_folder} SECRETS_TEMPLATE={Repository.PathOf(".env.example")}");
        var (postgres, redis) = (LocalPostgres.StartAsync(ServersFixture.NewPostgres() with { Password = Value("SCREENER_PASSWORD") }), LocalRedis.StartAsync());
        (_postgres, _redis) = (await postgres, await redis);
        await _postgres.CreateDatabaseAsync("screener");
        await using var source = NpgsqlDataSource.Create(_postgres.ConnectionStringOf("screener"));
        await using var roles = source.CreateCommand(
            $"CREATE ROLE postgres LOGIN SUPERUSER PASSWORD '{Value("POSTGRES_PASSWORD")}'; CREATE ROLE screener_reader LOGIN PASSWORD '{Value("SCREENER_READER_PASSWORD")}'");
        await roles.ExecuteNonQueryAsync();
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{_redis.Configuration},allowAdmin=true");
        await connection.GetServer(connection.GetEndPoints()[0]).ConfigSetAsync("requirepass", Value("REDIS_PASSWORD"));
        await File.WriteAllTextAsync(RestartFile, RestartBus);
        await SucceedsAsync(RestartFile, BusEnvironment);
    }

    public async Task DisposeAsync()
    {
        await SucceedsAsync(RestartFile, $"{BusEnvironment} STOP_ONLY=1");
        await _postgres.DisposeAsync();
        await _redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task All_three_servers_take_the_new_passwords_and_refuse_the_old_ones()
    {
        var old = Logins();
        await AllOpenAsync(old);

        var (code, said) = await RotateAsync("");
        Assert.True(code == 0, said);
        var fresh = Logins();
        Assert.All(old.Zip(fresh), pair => Assert.NotEqual(pair.First, pair.Second));
        await AllOpenAsync(fresh);
        foreach (var login in old) Assert.False(await OpensAsync(login), $"{login.Kind} {login.User} still opens with the old password");

        Assert.DoesNotContain(fresh, login => said.Contains(login.Password, StringComparison.Ordinal));
        Assert.Equal(Value("NATS_BACKUP_PASSWORD"), Value("NATS_BACKUP_PASSWORD", ClusterFile));
        Assert.Equal([".env", "k8s", "nats", "nats.pid", "restart.sh"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_rotation_that_cannot_be_finished_leaves_the_old_passwords_in_force()
    {
        var old = Logins();
        await _redis.StopAsync();
        var (code, said) = await RotateAsync("");
        Assert.NotEqual(0, code);
        Assert.Contains("putting the old passwords back", said, StringComparison.Ordinal);
        await AllOpenAsync(old.Where(login => login.Kind != "redis"));
        Assert.Equal(old, Logins());
    }

    private sealed record Login(string Kind, string User, string Password);

    private List<Login> Logins() =>
    [
        new("database", "postgres", Value("POSTGRES_PASSWORD")),
        new("database", "screener", Value("SCREENER_PASSWORD")),
        new("database", "screener_reader", Value("SCREENER_READER_PASSWORD")),
        new("redis", "", Value("REDIS_PASSWORD")),
        new("nats", "data-collector", Value("NATS_COLLECTOR_PASSWORD")),
        new("nats", "backup", Value("NATS_BACKUP_PASSWORD")),
    ];

    private async Task AllOpenAsync(IEnumerable<Login> logins)
    {
        foreach (var login in logins) Assert.True(await OpensAsync(login), $"{login.Kind} {login.User} does not open");
    }

    private async Task<bool> OpensAsync(Login login)
    {
        try
        {
            switch (login.Kind)
            {
                case "database":
                    var settings = new NpgsqlConnectionStringBuilder(_postgres.ConnectionStringOf("screener")) { Username = login.User, Password = login.Password, Pooling = false };
                    await using (var source = NpgsqlDataSource.Create(settings.ConnectionString))
                    await using (await source.OpenConnectionAsync()) return true;
                case "redis":
                    using (await ConnectionMultiplexer.ConnectAsync($"{_redis.Configuration},password={login.Password}")) return true;
                default:
                    var options = new NatsOpts
                    {
                        Url = string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{_busPort}"),
                        AuthOpts = new NatsAuthOpts { Username = login.User, Password = login.Password },
                        MaxReconnectRetry = 0,
                    };
                    await using (var nats = new NatsConnection(options)) await nats.ConnectAsync();
                    return true;
            }
        }
        catch (Exception e) when (e is PostgresException or RedisConnectionException or NatsException)
        {
            return false;
        }
    }

    private Task<(int Code, string Said)> RotateAsync(string parts)
    {
        var postgres = _postgres.Port.ToString(CultureInfo.InvariantCulture);
        return ExternalProgram.Bash.RunAsync(
            $"-c \"APPLY_COMMAND='bash {RestartFile}' deploy/scripts/rotate-credentials.sh {parts}\"",
            environment: $"{BusEnvironment} SECRETS_FILE={ClusterFile} PGHOST=127.0.0.1 PGPORT={postgres} PGUSER=postgres PGPASSWORD={Value("POSTGRES_PASSWORD")} PGDATABASE=screener REDIS={_redis.Configuration}");
    }

    private string RestartFile => Path.Combine(_folder, "restart.sh");

    private string BusEnvironment => string.Create(
        CultureInfo.InvariantCulture,
        $"ENV_FILE={SettingsFile} FOLDER={_folder} BUS_PORT={_busPort} MONITOR_PORT={_monitorPort} CONFIG={Repository.PathOf("deploy", "nats", "nats.conf")} NATS_SERVER_NAME=rotation");

    /// <summary>As Compose does it: the server ends and starts again with the settings of now.</summary>
    private const string RestartBus = """
        set -eu
        if [ -f "$FOLDER/nats.pid" ]; then
          pid=$(cat "$FOLDER/nats.pid")
          kill -TERM "$pid"
          while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
          rm "$FOLDER/nats.pid"
        fi
        [ -z "${STOP_ONLY:-}" ] || exit 0
        while IFS= read -r line; do case $line in NATS_*) export "$line" ;; esac; done <"$ENV_FILE"
        PATH=$PATH:/usr/sbin nohup nats-server -c "$CONFIG" -a 127.0.0.1 -p "$BUS_PORT" -m "$MONITOR_PORT" -sd "$FOLDER/nats" >/dev/null 2>&1 &
        echo $! >"$FOLDER/nats.pid"
        for _ in $(seq 1 300); do
          if curl -fs -o /dev/null "http://127.0.0.1:$MONITOR_PORT/healthz"; then exit 0; fi
          sleep 0.1
        done
        exit 1
        """;

    private string Value(string name, string? file = null) =>
        File.ReadLines(file ?? SettingsFile).Last(line => line.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];

    private static async Task SucceedsAsync(string script, string environment)
    {
        var (code, said) = await ExternalProgram.Bash.RunAsync(script, environment: environment);
        Assert.True(code == 0, said);
    }
}
