using System.Globalization;
using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Operations;

public sealed partial class RunningStackScriptTests
{
    [Fact]
    public async Task A_backup_goes_on_without_a_Prometheus_that_does_not_answer_but_not_without_one_that_refuses()
    {
        var measured = $"BACKUP_METRICS_FOLDER={operated.Folder}/measured";
        var said = await operated.SucceedsAsync("with-stack.sh backup.sh", $"PROMETHEUS_URL=http://127.0.0.1:1 PROMETHEUS_DATA={operated.Folder} {measured}");
        Assert.Contains("Without Prometheus: none answers at", said, StringComparison.Ordinal);
        var first = await LastBackupAsync();
        using var prometheus = await RunningPrometheus.StartAsync("global: {scrape_interval: 1s}"); // which has no admin API
        var settings = $"PROMETHEUS_URL={prometheus.Address} PROMETHEUS_DATA={operated.Folder} {measured}";
        (var code, said) = await operated.RunAsync("with-stack.sh backup.sh", settings);
        Assert.NotEqual(0, code);
        Assert.Contains("--web.enable-admin-api", said, StringComparison.Ordinal);
        Assert.Equal(first, await LastBackupAsync()); // what failed is no news
        Assert.DoesNotContain("Prometheus", await operated.SucceedsAsync("with-stack.sh backup.sh", $"{settings} BACKUP_PROMETHEUS=false"), StringComparison.Ordinal);
        Assert.True(await LastBackupAsync() > first);
    }

    [Fact]
    public async Task Logs_and_configuration_are_in_the_backup_and_what_opens_something_only_when_it_is_encrypted()
    {
        var settings = $"ENV_FILE={operated.Folder}/.env";
        var said = await operated.SucceedsAsync("with-stack.sh backup.sh", settings);
        Assert.Matches("Left out, because this backup is not encrypted [^:]*: .*admin-key.*secret-key", said);
        var plain = await UnpackAsync("plain", settings);
        Assert.Contains(Path.Combine(plain, "configuration", "deploy", "prometheus", "prometheus.yml"), Files(plain));
        Assert.Contains("\"service\":\"api-gateway\"", await File.ReadAllTextAsync(Path.Combine(plain, "logs", "api-gateway.log")), StringComparison.Ordinal);
        foreach (var file in Files(Path.Combine(plain, "configuration")))
        {
            var text = await File.ReadAllTextAsync(file);
            Assert.DoesNotContain(operated.Secrets, secret => text.Contains(secret, StringComparison.Ordinal));
        }

        settings += $" BACKUP_FOLDER={operated.Folder}/sealed BACKUP_ENCRYPT=true BACKUP_PASSPHRASE=rehearsal";
        Assert.DoesNotContain("Left out", await operated.SucceedsAsync("with-stack.sh backup.sh", settings), StringComparison.Ordinal);
        var opened = Path.Combine(await UnpackAsync("opened", settings), "configuration");
        Assert.Equal(await File.ReadAllTextAsync(operated.Stack.SecretKeyFile), await File.ReadAllTextAsync(Path.Combine(opened, "secret-key")));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(operated.Folder, ".env")), await File.ReadAllTextAsync(Path.Combine(opened, ".env")));
        Assert.Empty(Directory.GetDirectories(Path.Combine(operated.Folder, "sealed")));
    }

    /// <summary>The newest backup's two parts that servers do not keep.</summary>
    private async Task<string> UnpackAsync(string name, string settings)
    {
        var into = Path.Combine(operated.Folder, name);
        foreach (var part in new[] { "configuration", "logs" })
            await operated.SucceedsAsync("with-stack.sh restore.sh", $"{settings} RESTORE=yes ONLY={part} RESTORE_INTO={into}");
        return into;
    }

    private static string[] Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

    /// <summary>What BackupTooOld looks at, as node_exporter reads it.</summary>
    private async Task<long> LastBackupAsync()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(operated.Folder, "measured", "backup.prom"));
        Assert.Equal((0, ""), await ExternalProgram.Promtool.RunAsync("check metrics", text));
        return long.Parse(LastSuccess().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^backup_last_success_timestamp_seconds (\d+)$", RegexOptions.Multiline)]
    private static partial Regex LastSuccess();
}
