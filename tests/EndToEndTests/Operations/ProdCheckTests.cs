using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;
using NATS.Client.Core;

namespace CryptoScreener.EndToEndTests.Operations;

/// <summary>The check that an operator relies on: silent while all is well, and right about what is not.</summary>
public sealed class ProdCheckTests : IDisposable
{
    private const string Token = "a-token-of-this-test";

    // How fast this machine is while tests run is not what is tested here.
    private const string Patient = "MAX_ALERT_MS=600000 MAX_API_MS=600000 MAX_CANDLE_AGE=3600 MAX_FEED_SILENCE=600";

    private readonly string _folder = Directory.CreateTempSubdirectory("screener-prod-check-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_passes_on_a_healthy_stack_and_fails_at_the_right_stage_when_each_thing_is_broken_in_turn()
    {
        await using var screener = await StartAsync();
        var stack = screener.Stack;
        await SucceedsAsync("with-stack.sh backup.sh", stack);
        await Eventually.TrueAsync(async () => await OverviewAsync(screener) is not [], "the gateway hears of the exchange");
        await IsHealthyWithMonitoringAsync(stack);
        Assert.Empty(Directory.GetDirectories(_folder, ".*")); // what a rehearsal unpacks is not encrypted

        await FailsAsync(stack, "a secret that everybody knows", [1], $"ENV_FILE={await SettingsWithAsync("REDIS_PASSWORD=changeme")}");
        await FailsAsync(stack, "another version than the wanted one", [2], "SCREENER_VERSION=99.0.0");
        await FailsAsync(stack, "a wrong token between Alertmanager and gateway", [8], "ALERTMANAGER_WEBHOOK_TOKEN=another");
        await FailsAsync(stack, "no backup", [9], $"BACKUP_FOLDER={_folder}/nowhere");
        await FailsAsync(stack, "an old backup", [9], "BACKUP_MAX_AGE_HOURS=-1");
        using (var prometheus = await RunningPrometheus.StartAsync(UnreachableTarget))
        {
            await prometheus.FirstAsync("up == 0");
            await FailsAsync(stack, "a target that Prometheus does not reach", [7], $"PROMETHEUS_URL={prometheus.Address}");
        }

        await stack.Redis.StopAsync();
        await FailsAsync(stack, "no Redis", [3]);
        await stack.Redis.StartAgainAsync();

        await ExecuteAsync(stack, "UPDATE migrations SET checksum = reverse(checksum) WHERE name LIKE '0001%'");
        await FailsAsync(stack, "a migration with another content", [4]);
        await ExecuteAsync(stack, "UPDATE migrations SET checksum = reverse(checksum) WHERE name LIKE '0001%'");

        await screener.SetSpeedAsync(0);
        await Eventually.TrueAsync(async () => (await RunAsync(stack, "MAX_FEED_SILENCE=1")).Failed is [10], "a silent exchange fails stage 10 alone");
        await screener.SetSpeedAsync(1);

        await stack.Worker("alert-engine").KillAsync();
        await FailsAsync(stack, "an engine that died: neither ready nor measurable", [6, 7]);
        await using (var nats = new NatsConnection(new NatsOpts { Url = stack.Nats.Url })) await nats.RequestAsync<byte[], byte[]>("$JS.API.STREAM.DELETE.ALERTS", []);
        Assert.Contains(5, (await RunAsync(stack)).Failed);

        await stack.Worker("alert-engine").StartAsync(CancellationToken.None); // the remedy that both stages advise
        await screener.AllReadyAsync();
        // An engine that has just come may still be taking its partitions.
        await Eventually.TrueAsync(async () => await RunAsync(stack) is { ExitCode: 0, Failed: [] }, "the remedy has mended it");
    }

    private static Task<RunningScreener> StartAsync() => RunningScreener.StartAsync(
        [],
        new Dictionary<string, string> { ["Collector__BackfillHours"] = "1" },
        test: "ProdCheck",
        adapt: options => options with
        {
            SimulatorArguments = ["--instruments", "6", "--rate", "2"], // time as it passes: freshness is compared with the clock
            SettingsOf = service => new Dictionary<string, string> { ["Operations__WebhookToken"] = service == "api-gateway" ? Token : "" },
        });

    private async Task IsHealthyWithMonitoringAsync(LocalScreener stack)
    {
        var ports = $"PROMETHEUS_PORT={FreePort.Next()} ALERTMANAGER_PORT={FreePort.Next()}";
        await SucceedsAsync("monitoring.sh setup", stack, ports);
        await SucceedsAsync("monitoring.sh start", stack, ports);
        try
        {
            await Eventually.TrueAsync(
                async () => (await SucceedsAsync("monitoring.sh status", stack, ports)).Split("  UP ").Length - 1 == 6, "all targets were scraped");
            var healthy = await ProdCheck.OfAsync(stack, Environment("REHEARSE=yes"));
            Assert.True(healthy is { ExitCode: 0, Failed: [], Looked: 10 }, healthy.Said);
            Assert.Contains("6 targets are up", healthy.Said, StringComparison.Ordinal);
            Assert.Contains("the test alert arrived at the gateway", healthy.Said, StringComparison.Ordinal);
            Assert.DoesNotContain("no Alertmanager is known", healthy.Said, StringComparison.Ordinal);
            Assert.Contains("came back with", healthy.Said, StringComparison.Ordinal);
        }
        finally
        {
            await ProdCheck.RunAsync("monitoring.sh stop", stack, ports);
        }
    }

    private async Task FailsAsync(LocalScreener stack, string broken, int[] stages, string environment = "")
    {
        var check = await RunAsync(stack, environment);
        Assert.True(check.ExitCode == 1 && check.Failed.SequenceEqual(stages), $"{broken}, expected to fail: {string.Join(' ', stages)}\n{check.Said}");
        Assert.Contains("→", check.Said, StringComparison.Ordinal);
    }

    private Task<ProdCheck> RunAsync(LocalScreener stack, string environment = "") => ProdCheck.OfAsync(stack, Environment($"REHEARSE=no {environment}"));

    // What comes later counts.
    private string Environment(string more) => $"{Patient} BACKUP_FOLDER={_folder} ALERTMANAGER_WEBHOOK_TOKEN={Token} ENV_FILE={_folder}/none {more}";

    private async Task<string> SucceedsAsync(string script, LocalScreener stack, string environment = "")
    {
        var (code, said) = await ProdCheck.RunAsync(script, stack, Environment(environment));
        Assert.True(code == 0, $"{script} ended with {code}: {said}");
        return said;
    }

    private static async Task<object[]> OverviewAsync(RunningScreener screener) =>
        System.Text.Json.JsonSerializer.Deserialize<object[]>(await screener.GetAsync("/api/v1/exchanges"))!;

    /// <summary>A complete set of settings, but for one.</summary>
    private async Task<string> SettingsWithAsync(string setting)
    {
        var (code, said) = await ExternalProgram.Bash.RunAsync(
            "deploy/scripts/secrets.sh", environment: $"SCREENER_ROOT={_folder} SECRETS_TEMPLATE={Repository.PathOf(".env.example")}");
        Assert.True(code == 0, said);
        var file = Path.Combine(_folder, ".env");
        await File.AppendAllTextAsync(file, setting + "\n");
        return file;
    }

    private static async Task ExecuteAsync(LocalScreener stack, string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(stack.DatabaseConnection);
        await using var command = source.CreateCommand(sql);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private static string UnreachableTarget => $$"""
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ["{{Repository.PathOf("deploy", "prometheus", "rules")}}/slo.yml"]
        scrape_configs:
          - {job_name: data-collector, static_configs: [{targets: ["127.0.0.1:1"]}]}
          - {job_name: metrics-calculator, static_configs: [{targets: ["127.0.0.1:1"]}]}
          - {job_name: alert-engine, static_configs: [{targets: ["127.0.0.1:1"]}]}
          - {job_name: api-gateway, static_configs: [{targets: ["127.0.0.1:1"]}]}
        """;
}
