using System.Globalization;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests;

/// <summary>The users of deploy/nats: the real workers get by with what they are given, and nobody gets more.</summary>
public sealed class NatsPermissionTests
{
    private static readonly Dictionary<string, string> Passwords = new()
    {
        ["data-collector"] = "NATS_COLLECTOR_PASSWORD",
        ["metrics-calculator"] = "NATS_CALCULATOR_PASSWORD",
        ["alert-engine"] = "NATS_ENGINE_PASSWORD",
        ["alert-delivery"] = "NATS_DELIVERY_PASSWORD",
        ["api-gateway"] = "NATS_GATEWAY_PASSWORD",
        ["backup"] = "NATS_BACKUP_PASSWORD",
    };

    private static readonly (string User, string Subject)[] Forbidden =
    [
        ("data-collector", "alerts.binance-futures.BTCUSDT.rule.id"), ("data-collector", "metrics.closed.0.binance-futures.BTCUSDT"),
        ("metrics-calculator", "candles.closed.0.binance-futures.BTCUSDT.1m"), ("metrics-calculator", "$JS.API.STREAM.PURGE.CANDLES"),
        ("alert-engine", "metrics.closed.0.binance-futures.BTCUSDT"), ("alert-engine", "$JS.API.CONSUMER.CREATE.CANDLES"),
        ("alert-delivery", "alerts.binance-futures.BTCUSDT.rule.id"), ("alert-delivery", "$JS.API.CONSUMER.CREATE.ALERTS"),
        ("api-gateway", "candles.live.0.binance-futures.BTCUSDT.1m"), ("api-gateway", "$JS.API.STREAM.DELETE.ALERTS"), ("api-gateway", "svc.alert-engine.anything"),
        ("backup", "candles.closed.0.binance-futures.BTCUSDT.1m"),
    ];

    [Fact]
    public async Task The_workers_are_refused_nothing_and_whoever_steps_outside_is_refused()
    {
        // The configuration takes its values from the environment, which the servers and workers we start inherit.
        foreach (var (user, variable) in Passwords) Environment.SetEnvironmentVariable(variable, PasswordOf(user));
        Environment.SetEnvironmentVariable("NATS_SERVER_NAME", "permissions");
        Environment.SetEnvironmentVariable("NATS_MAX_FILE_STORE", "20GB");
        await using var screener = await RunningScreener.StartAsync(
            ["--instruments", "12"],
            new Dictionary<string, string> { ["Collector__BackfillHours"] = "2", ["Collector__CloseGraceMs"] = "200" },
            adapt: options => options with
            {
                NatsArguments = ["-c", Repository.PathOf("deploy", "nats", "nats.conf"), "-m", Text(FreePort.Next())],
                SettingsOf = Account,
            });
        var delivery = await screener.Stack.AddWorkerAsync("alert-engine", CancellationToken.None);
        await Eventually.TrueAsync(async () => (await delivery.ReadyAsync(CancellationToken.None)).Ready, "the delivery is ready");
        await screener.SetSpeedAsync(20);
        await Eventually.TrueAsync(async () => (await screener.GetAsync("/api/v1/metrics")).Contains("BTCUSDT", StringComparison.Ordinal), "frames reach the gateway");
        await Eventually.TrueAsync(async () => (await screener.GetAsync("/api/v1/alerts")).Contains("\"id\"", StringComparison.Ordinal), "an alert reaches the gateway");

        var refused = Violations(screener).ToList();
        Assert.True(refused.Count == 0, string.Join(Environment.NewLine, refused));

        foreach (var (user, subject) in Forbidden)
        {
            var answer = await PublishAsync(screener.Stack.Nats.Port, user, subject);
            Assert.Contains("Permissions Violation for Publish", answer, StringComparison.Ordinal);
        }

        Assert.NotEmpty(Violations(screener)); // the log above was empty because nothing was refused, not because it is silent

        Assert.Contains("Authorization Violation", await AskAsync(screener.Stack.Nats.Port, "api-gateway", "wrong", "PING\r\n"), StringComparison.Ordinal);
    }

    // The second engine is the delivery: its own account, its role.
    private static Dictionary<string, string> Account(string service)
    {
        var isSecondEngine = service == "alert-engine" && Interlocked.Increment(ref _engines) > 1;
        var user = isSecondEngine ? "alert-delivery" : service;
        var settings = new Dictionary<string, string> { ["Messaging__Username"] = user, ["Messaging__Password"] = PasswordOf(user) };
        if (isSecondEngine) settings["role"] = "deliver";
        return settings;
    }

    private static int _engines;

    private static string PasswordOf(string user) => $"s-{user}-of-the-permission-test";

    private static List<string> Violations(RunningScreener screener) =>
        [.. File.ReadLines(screener.Stack.Nats.LogFile).Where(line => line.Contains("Violation", StringComparison.Ordinal)).Take(10)];

    private static Task<string> PublishAsync(int port, string user, string subject) =>
        AskAsync(port, user, PasswordOf(user), $"PUB {subject} 0\r\n\r\nPING\r\n");

    private static async Task<string> AskAsync(int port, string user, string password, string commands)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(LocalServer.Host, port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($$"""CONNECT {"verbose":false,"user":"{{user}}","pass":"{{password}}"}{{"\r\n"}}{{commands}}"""));
        using var reader = new StreamReader(stream);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var said = "";
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (!line.StartsWith("INFO", StringComparison.Ordinal)) said += line + "\n";
            if (line is "PONG" || line.StartsWith("-ERR", StringComparison.Ordinal)) break;
        }

        return said;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
