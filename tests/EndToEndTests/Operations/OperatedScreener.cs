using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;
using StackExchange.Redis;

namespace CryptoScreener.EndToEndTests.Operations;

/// <summary>A screener with a secret wherever one can be, and with a receiver that is down, for the scripts of operators to look at.</summary>
public sealed partial class OperatedScreener : IAsyncLifetime
{
    private const string Account = "screener";

    private readonly string _ports = string.Create(CultureInfo.InvariantCulture, $"PROMETHEUS_PORT={FreePort.Next()} ALERTMANAGER_PORT={FreePort.Next()}");
    private readonly string _natsPassword = NewSecret();
    private readonly string _redisPassword = NewSecret();
    private readonly string _databasePassword = NewSecret();
    private readonly string _receiverToken = NewSecret();
    private readonly List<string> _secrets = [];
    private WebhookReceiver _receiver = null!;

    internal RunningScreener Screener { get; private set; } = null!;

    internal LocalScreener Stack => Screener.Stack;

    internal string Folder { get; } = Directory.CreateTempSubdirectory("screener-operated-").FullName;

    /// <summary>What Alertmanager shows the gateway.</summary>
    internal string AlertToken { get; } = NewSecret();

    /// <summary>Every value that must never leave the machine.</summary>
    internal IReadOnlyList<string> Secrets => _secrets;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _receiver.IsDown = true;
        Screener = await RunningScreener.StartAsync(
            ["--instruments", "12", "--rate", "4", "--seed", "7"],
            new Dictionary<string, string> { ["Collector__BackfillHours"] = "1" },
            adapt: options => options with { LogDirectory = Path.Combine(Folder, "logs"), NatsArguments = ["--user", Account, "--pass", _natsPassword], SettingsOf = SettingsOf },
            only: []);
        using (var redis = await ConnectionMultiplexer.ConnectAsync($"{Stack.Redis.Configuration},allowAdmin=true"))
            await redis.GetServer(redis.GetEndPoints()[0]).ConfigSetAsync("requirepass", _redisPassword);
        await Stack.StartWorkersAsync(CancellationToken.None);
        await Screener.AllReadyAsync();
        await File.WriteAllLinesAsync(
            Path.Combine(Folder, "stack.env"),
            [.. await File.ReadAllLinesAsync(Stack.AddressFile), $"REDIS={Redis}", $"NATS_USER={Account}", $"NATS_PASSWORD={_natsPassword}", $"PGPASSWORD={_databasePassword}"]);
        await WriteSettingsAsync();
        await RegisterAsync();
        _secrets.AddRange([_natsPassword, _redisPassword, _databasePassword, _receiverToken, AlertToken, _receiver.Secret["whsec_".Length..]]);
        _secrets.AddRange([(await File.ReadAllTextAsync(Stack.AdminKeyFile)).Trim(), (await File.ReadAllTextAsync(Stack.SecretKeyFile)).Trim().Split(':')[1]]);
        await Screener.SetSpeedAsync(20);
    }

    public async Task DisposeAsync()
    {
        await Screener.DisposeAsync();
        await _receiver.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>What the stack's file says, for a script that is told of another kind of stack.</summary>
    internal string Addresses => string.Join(' ', File.ReadLines(Path.Combine(Folder, "stack.env")).Select(line => line.Replace("\"", "", StringComparison.Ordinal)));

    /// <summary>Which version the workers say they are.</summary>
    internal async Task<string?> VersionAsync()
    {
        using var http = new HttpClient();
        var live = await http.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Stack.Worker("api-gateway").HealthPort}/health/live"));
        return System.Text.Json.JsonDocument.Parse(live).RootElement.GetProperty("version").GetString();
    }

    internal Task<(int Code, string Said)> RunAsync(string script, string environment = "") => ExternalProgram.Bash.RunAsync(
        $"-c \"BACKUP_PROGRAM='dotnet {BuiltPrograms.PathOf("Backup")}' deploy/scripts/{script}\"",
        environment: $"STACK_FILE={Folder}/stack.env SCREENER_DATA={Folder} BACKUP_FOLDER={Folder}/backups DIAG_FOLDER={Folder}/diagnostics {_ports} ENV_FILE={Folder}/none ALERTMANAGER_WEBHOOK_TOKEN={AlertToken} {environment}");

    internal async Task<string> SucceedsAsync(string script, string environment = "")
    {
        var (code, said) = await RunAsync(script, environment);
        Assert.True(code == 0, $"{script} ended with {code}: {said}");
        return said;
    }

    /// <summary>A command of the documents, where ports are those of this stack and logs are files.</summary>
    internal async Task<(int Code, string Said)> AskAsync(string command)
    {
        var here = command.Replace("127.0.0.1:8080", Stack.Api.Authority, StringComparison.Ordinal).Replace("curl -s ", "curl -fsS ", StringComparison.Ordinal);
        foreach (var (port, worker) in new[] { ("9090", "data-collector"), ("9091", "metrics-calculator"), ("9092", "alert-engine"), ("9093", "api-gateway") })
            here = here.Replace($"127.0.0.1:{port}", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Stack.Worker(worker).HealthPort}"), StringComparison.Ordinal);
        here = ComposeLogs().Replace(here, $"cat {Folder}/logs/$1.log");
        var file = Path.Combine(Folder, "asked.sh");
        await File.WriteAllTextAsync(file, $"set -euo pipefail\nAPI={Stack.Api.GetLeftPart(UriPartial.Authority)} KEY=$(cat {Stack.AdminKeyFile})\n{here}\n");
        return await ExternalProgram.Bash.RunAsync(file);
    }

    /// <summary>What follows of a script that does not end by itself.</summary>
    internal System.Diagnostics.Process Follow(string script) => ExternalProgram.Bash.Start($"deploy/scripts/{script}", $"SCREENER_DATA={Folder}");

    private static string NewSecret() => $"s{Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant()}";

    private string Redis => $"{Stack.Redis.Configuration},password={_redisPassword}";

    private Dictionary<string, string> SettingsOf(string service)
    {
        var settings = new Dictionary<string, string>
        {
            ["Messaging__Username"] = Account,
            ["Messaging__Password"] = _natsPassword,
            ["Storage__Redis"] = Redis,
            ["Storage__ConnectionString"] = $"{Stack.DatabaseConnection};Password={_databasePassword}",
        };
        if (service == "api-gateway") settings["Operations__WebhookToken"] = AlertToken;
        if (service != "alert-engine") return settings;
        settings["Delivery__Webhook__Url"] = $"{_receiver.Url}?token={_receiverToken}";
        settings["Delivery__Webhook__Secret"] = _receiver.Secret;
        return settings;
    }

    /// <summary>A complete <c>.env</c>, and where alerts about the system would go.</summary>
    private async Task WriteSettingsAsync()
    {
        await SucceedsAsync("secrets.sh", $"SCREENER_ROOT={Folder} SECRETS_TEMPLATE={Repository.PathOf(".env.example")}");
        var file = Path.Combine(Folder, ".env");
        var names = (await File.ReadAllLinesAsync(Repository.PathOf("deploy", "scripts", "secret-names"))).Select(line => line.Split(' ')[0]).Where(name => name.Length > 0).ToHashSet();
        _secrets.AddRange((await File.ReadAllLinesAsync(file)).Select(line => line.Split('=', 2)).Where(setting => names.Contains(setting[0])).Select(setting => setting[1]));
        string[] further = [NewSecret(), NewSecret(), NewSecret(), NewSecret(), NewSecret(), NewSecret()];
        await File.AppendAllLinesAsync(file,
        [
            $"SLACK_WEBHOOK_URL=http://127.0.0.1:1/services/T0/B0/{further[0]}", $"PAGERDUTY_INTEGRATION_KEY={further[1]}", $"SMTP_PASSWORD={further[2]}",
            $"ALERT_HEARTBEAT_URL=http://127.0.0.1:1/{further[3]}", $"DELIVERY_WEBHOOK_SECRET={further[4]}", $"NATS_URL=nats://somebody:{further[5]}@127.0.0.1:1",
        ]);
        _secrets.AddRange(further);
    }

    /// <summary>An account's key and an endpoint with a token in its address, which the database then keeps.</summary>
    private async Task RegisterAsync()
    {
        using var http = new HttpClient { BaseAddress = Stack.Api };
        http.DefaultRequestHeaders.Add("X-API-Key", (await File.ReadAllTextAsync(Stack.AdminKeyFile)).Trim());
        var token = NewSecret();
        var key = await http.PostAsJsonAsync("/api/v1/api-keys", new { name = "bot", role = "trader", scopes = new[] { "alerts:read" } });
        var endpoint = await http.PostAsJsonAsync("/api/v1/endpoints", new { name = "bot", kind = "webhook", target = $"{_receiver.Url}?token={token}" });
        _secrets.AddRange([token, await ValueAsync(key, "key"), (await ValueAsync(endpoint, "secret"))["whsec_".Length..]]);
    }

    [GeneratedRegex(@"docker compose logs (?:--\S+(?: \d+m?)? )*(\S+)")]
    private static partial Regex ComposeLogs();

    private static async Task<string> ValueAsync(HttpResponseMessage answer, string name)
    {
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, said);
        return System.Text.Json.JsonDocument.Parse(said).RootElement.GetProperty(name).GetString()!;
    }
}
