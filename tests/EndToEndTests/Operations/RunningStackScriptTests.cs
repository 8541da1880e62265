using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Operations;

/// <summary>The scripts that look at what runs, each asked what it is there for.</summary>
public sealed partial class RunningStackScriptTests(OperatedScreener operated) : IClassFixture<OperatedScreener>
{
    [Fact]
    public async Task Metrics_of_a_worker_are_its_own_and_with_a_pattern_whatever_matches()
    {
        var own = await operated.SucceedsAsync("metrics.sh alert-engine");
        Assert.Contains("# alert-engine at http://127.0.0.1:", own, StringComparison.Ordinal);
        Assert.Contains("\nalert_engine_alerts_evaluated_total", own, StringComparison.Ordinal);
        Assert.DoesNotContain("\ndotnet_", own, StringComparison.Ordinal);

        var matching = (await operated.SucceedsAsync("metrics.sh alert-engine working_set")).Trim().Split('\n');
        Assert.StartsWith("dotnet_process_memory_working_set_bytes", Assert.Single(matching[1..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_of_one_service_are_followed_and_only_its_own()
    {
        using var following = operated.Follow("background.sh logs metrics-calculator");
        var line = await following.StandardOutput.ReadLineAsync();
        following.Kill(entireProcessTree: true);
        await following.WaitForExitAsync();
        Assert.Contains("\"service\":\"metrics-calculator\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("\"service\":\"api-gateway\"", await following.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_monitoring_the_gateway_is_asked_which_alerts_fire_and_the_status_says_what_to_start()
    {
        using var http = new HttpClient { BaseAddress = operated.Stack.Api };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", operated.AlertToken);
        var starts = DateTimeOffset.FromUnixTimeMilliseconds(await operated.Screener.TimeAsync());
        var alert = new { status = "firing", fingerprint = "f1", labels = new { alertname = "ThingBroken", severity = "warning" }, annotations = new { summary = "It broke" }, startsAt = starts };
        (await http.PostAsJsonAsync("/alerts/webhook", new { version = "4", alerts = new[] { alert } })).EnsureSuccessStatusCode();

        var listed = await operated.SucceedsAsync("alerts-list.sh");
        Assert.Contains($"From the gateway at {operated.Stack.Api.GetLeftPart(UriPartial.Authority)}", listed, StringComparison.Ordinal);
        Assert.Matches(@"\nwarning +\S+ +ThingBroken +It broke\n", listed);
        var (code, said) = await operated.RunAsync("monitoring.sh status");
        Assert.Equal(1, code);
        Assert.Contains("make monitoring-setup monitoring-start", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monitoring_watches_the_stack_lists_its_alerts_and_is_in_the_backup()
    {
        await operated.SucceedsAsync("monitoring.sh setup");
        await operated.SucceedsAsync("monitoring.sh start");
        try
        {
            var status = "";
            await Eventually.TrueAsync(async () => (status = await operated.SucceedsAsync("monitoring.sh status")).Split("  UP ").Length - 1 == 6, () => $"all six targets are up:\n{status}");
            Assert.Matches(@"\n  \d{2,} rules, 0 of them faulty, \d+ alerts firing, \d+ pending\n", status);
            Assert.Matches(@"\n  \d+ notifications sent, 0 failed\n", status);

            Assert.Contains("No alert fires.", await operated.SucceedsAsync("alerts-list.sh"), StringComparison.Ordinal);
            await Shell($"amtool --alertmanager.url=$(sed -n s/ALERTMANAGER_URL=//p {operated.Folder}/monitoring/addresses.env) alert add ThingBroken severity=critical --annotation=summary='It broke'");
            var listed = "";
            await Eventually.TrueAsync(async () => (listed = await operated.SucceedsAsync("alerts-list.sh")).Contains("ThingBroken", StringComparison.Ordinal), "Alertmanager has the alert");
            Assert.Matches(@"^From Alertmanager at \S+\n.*\ncritical +\S+ +ThingBroken +It broke\n", listed);

            Assert.Matches(@"\d+ tables, 4 streams, \d+ keys of Redis, configuration, logs, [1-9]\d* blocks of Prometheus\n", await operated.SucceedsAsync("with-stack.sh backup.sh"));
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(operated.Folder, "monitoring", "prometheus", "snapshots")));
            await operated.SucceedsAsync("with-stack.sh restore.sh", $"RESTORE=yes ONLY=prometheus RESTORE_INTO={operated.Folder}/back");
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(operated.Folder, "back", "prometheus"), "index", SearchOption.AllDirectories));
        }
        finally
        {
            await operated.RunAsync("monitoring.sh stop");
        }
    }

    [Fact]
    public async Task A_rollback_starts_the_version_asked_for_and_checks_it_and_tells_the_way_back_when_it_is_not_healthy()
    {
        var version = (await operated.VersionAsync())!;
        var programs = DockerStandIn.WriteTo(operated.Folder, [version, "0.0.8", DockerStandIn.Broken]);
        var settings = Path.Combine(operated.Folder, "rollback.env");
        await File.WriteAllTextAsync(settings, "# mine\nSCREENER_VERSION=0.0.8\n");
        Task<(int Code, string Said)> RollBackAsync(string to) => operated.RunAsync($"rollback.sh {to}", $"{operated.Addresses} STACK=compose ENV_FILE={settings} PATH={programs}:{Environment.GetEnvironmentVariable("PATH")}");

        var (code, said) = await RollBackAsync("");
        Assert.Equal(2, code);
        Assert.Contains("Now runs 0.0.8; on this machine are: ", said, StringComparison.Ordinal);
        (code, said) = await RollBackAsync("0.0.6");
        Assert.Equal(1, code);
        Assert.Contains("0.0.6 is not on this machine", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(operated.Folder, "started")));

        (code, said) = await RollBackAsync(version);
        Assert.True(code == 0 && said.Contains($"From 0.0.8 to {version}", StringComparison.Ordinal), said);
        Assert.Matches(@"\nPASS +2/10 ", said);
        Assert.Contains("0 failed", said, StringComparison.Ordinal);
        Assert.Equal($"# mine\nSCREENER_VERSION={version}\n", await File.ReadAllTextAsync(settings));

        (code, said) = await RollBackAsync(DockerStandIn.Broken);
        Assert.Equal(1, code);
        Assert.Contains($"not all became healthy; back again: make rollback to={version}", said, StringComparison.Ordinal);
    }

    /// <summary>As docs/RUNBOOK.md has them for Compose, with what its table puts in their place for a local stack.</summary>
    [Fact]
    public async Task Whatever_the_runbook_has_operators_ask_is_answered()
    {
        var questions = Runbook.Questions().ToList();
        Assert.True(questions.Count > 12, $"only {questions.Count} questions were found");
        List<string> failed = [];
        foreach (var question in questions)
        {
            var (code, said) = await operated.AskAsync(question);
            if (code != 0) failed.Add($"{question}: {said}");
        }

        Assert.Empty(failed);
    }

    [Fact]
    public async Task Errors_are_told_by_event_and_by_counter()
    {
        await FailedAsync();
        await operated.Screener.OrderFaultAsync("""{"kind":"drop"}""");
        await Eventually.TrueAsync(async () => (await File.ReadAllTextAsync(Path.Combine(operated.Folder, "logs", "data-collector.log"))).Contains("\"event_id\":4011", StringComparison.Ordinal), "a socket was lost");
        var said = await operated.SucceedsAsync("diag.sh errors");
        foreach (var title in new[] { "Errors and warnings in the logs, by event", "Counters that should stand still", "Not ready", "Alerts" })
            Assert.Contains($"\n{title}", said, StringComparison.Ordinal);
        Assert.Matches(@"\n\d+ +warning +data-collector +socket_lost +4011 ", said);
        Assert.Matches(@"\nalert-engine +\S+ +alert_engine_webhooks_failed_total\S* +[1-9]", said);
    }

    [Fact]
    public async Task The_archive_of_everything_has_what_a_second_look_needs_and_no_secret()
    {
        await FailedAsync();
        var said = await operated.SucceedsAsync("diag.sh full", $"ENV_FILE={operated.Folder}/.env");
        var archive = said.Trim().Split('\n')[^1]["Everything is in ".Length..];
        Assert.Equal([archive], Directory.GetFileSystemEntries(Path.Combine(operated.Folder, "diagnostics")));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(archive));

        var files = await UnpackedAsync(archive);
        string[] wanted =
        [
            "errors.txt", "exchanges.json", "executive-summary.json", "health.txt", "leases.txt", "logs.jsonl", "machine.txt", "metrics-alert-engine.txt", "metrics-api-gateway.txt",
            "metrics-data-collector.txt", "metrics-metrics-calculator.txt", "migrations.txt", "operations-overview.json", "performance-history.json", "performance.txt",
            "services.json", "settings.env", "streams.jsonl",
        ];
        Assert.Equal(wanted, files.Keys.Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.True(file.Value.Length > 20 && !file.Value.Contains("could not be asked", StringComparison.Ordinal), $"{file.Key}: {file.Value}"));
        Assert.Contains("REDIS_PASSWORD=(left out)", files["settings.env"], StringComparison.Ordinal);
        Assert.Contains("\"service\":\"alert-engine\"", files["logs.jsonl"], StringComparison.Ordinal);

        Assert.All(operated.Secrets, secret => Assert.True(secret.Length > 16));
        var leaks = from file in files from secret in operated.Secrets where file.Value.Contains(secret, StringComparison.Ordinal) select $"{file.Key}: {secret}";
        Assert.Empty(leaks);
        Assert.DoesNotContain(operated.Secrets, secret => said.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>The receiver that is down has refused something, and the gateway has heard of it.</summary>
    private async Task FailedAsync()
    {
        using var http = new HttpClient { BaseAddress = operated.Stack.Api };
        http.DefaultRequestHeaders.Add("X-API-Key", (await File.ReadAllTextAsync(operated.Stack.AdminKeyFile)).Trim());
        await Eventually.TrueAsync(async () => FailedDeliveries().IsMatch(await http.GetStringAsync("/api/v1/services")), "the gateway heard of a delivery that failed");
    }

    private static async Task<Dictionary<string, string>> UnpackedAsync(string archive)
    {
        await using var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        await using var tar = new TarReader(packed);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
            using var reader = new StreamReader(entry.DataStream ?? Stream.Null, Encoding.UTF8);
            files.Add(Path.GetFileName(entry.Name), await reader.ReadToEndAsync());
        }

        return files;
    }

    private static async Task Shell(string command)
    {
        var (code, said) = await ExternalProgram.Bash.RunAsync("-c \"" + command + "\"");
        Assert.True(code == 0, said);
    }

    [GeneratedRegex(@"alert_engine_webhooks_failed_total[^:]*: ?[1-9]")]
    private static partial Regex FailedDeliveries();
}
