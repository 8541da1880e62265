using CryptoScreener.Testing;
namespace CryptoScreener.ContractTests.Telemetry;

public sealed class MonitoringRulesTests
{
    private const string Folder = "deploy/prometheus";

    // PRODUCT promises these by name.
    private static readonly string[] Promised =
    [
        "ServiceDown", "HighErrorRate", "DatabaseConnectionPoolExhausted", "LowWebSocketConnections", "NatsMessageLag", "HighMemoryUsage",
        "SlowDatabaseInserts", "SlowAlertEvaluation", "HighWebhookFailureRate", "LowDiskSpace", "PodRestarting", "PostgresDown", "RedisDown",
        "NatsDown", "NoWorkersAvailable", "QueueBacklog", "DeadLettersGrowing", "HighDatabaseConnections", "SlowQueries", "RedisMemoryHigh",
        "HighCpuUsage", "HighApiLatency", "HighApiRequestRate", "ExchangeUnavailable", "FeedStale", "GapsUnrepaired", "ScrapeFailing",
        "LogQueueNearlyFull", "BackupTooOld", "CertificateExpiring", "ReplayTakingTooLong", "HighReplayFailureRate", "LatencyAnomaly",
        "ThroughputAnomaly", "SloBurnRateFast", "SloBurnRateSlow",
    ];

    public static TheoryData<string> TestFiles => [.. Files("tests").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task The_rules_are_what_the_values_and_templates_give()
    {
        var check = await ExternalProgram.Shell.RunAsync($"{Folder}/render.sh --check");

        Assert.Equal((0, ""), check);
    }

    [Theory]
    [InlineData("check config deploy/prometheus/prometheus.yml")]
    [InlineData("check config deploy/prometheus/prometheus.local.yml")]
    public async Task Promtool_accepts_the_configuration_and_its_rules(string command)
    {
        var (exitCode, output) = await ExternalProgram.Promtool.RunAsync(command);

        Assert.True(exitCode == 0, output);
    }

    [Theory]
    [MemberData(nameof(TestFiles))]
    public async Task Every_alert_fires_when_it_should_and_only_then(string file)
    {
        var (exitCode, output) = await ExternalProgram.Promtool.RunAsync($"test rules {Folder}/tests/{file}");

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Every_promised_alert_exists() => Assert.Empty(Promised.Except(Alerts().Select(alert => alert.Name)));

    [Fact]
    public void Every_alert_is_tested_for_firing_and_for_staying_silent()
    {
        var tests = Files("tests").SelectMany(File.ReadLines).Where(line => line.StartsWith("  - name: ", StringComparison.Ordinal))
            .Select(line => line["  - name: ".Length..]).ToList();

        foreach (var (name, _) in Alerts().Where(alert => alert.Name != "Watchdog"))
        {
            Assert.Contains(tests, test => test.StartsWith($"{name} fires", StringComparison.Ordinal));
            Assert.Contains(tests, test => test.StartsWith($"{name} does not fire", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_alert_has_a_severity_a_text_and_its_place_in_the_runbook() => Assert.All(Alerts(), alert =>
    {
        Assert.Matches("severity: (critical|warning|info|none)\n", alert.Text);
        Assert.Matches("summary: \".+\"\n", alert.Text);
        Assert.Matches("description: \".+\"\n", alert.Text);
        Assert.Contains($"docs/RUNBOOK.md#{alert.Name.ToLowerInvariant()}\n", alert.Text, StringComparison.Ordinal);
    });

    [Fact]
    public void Every_value_is_used()
    {
        var templates = string.Concat(Files("templates").Select(File.ReadAllText));
        var values = File.ReadLines(Path.Combine(Repository.Root, Folder, "values.yml"))
            .Where(line => line.Length > 0 && char.IsAsciiLetter(line[0])).Select(line => line.Split(':')[0]);

        Assert.All(values, value => Assert.Contains($"${{{value}}}", templates, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Name, string Text)> Alerts() =>
        from file in Files("rules")
        from part in File.ReadAllText(file).Split("- alert: ").Skip(1)
        select (part[..part.IndexOf('\n', StringComparison.Ordinal)], part);

    private static string[] Files(string folder) => Directory.GetFiles(Path.Combine(Repository.Root, Folder, folder), "*.yml");
}
