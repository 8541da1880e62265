using System.Globalization;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>The scripts behind the make targets, as far as they need nothing that runs.</summary>
public sealed class OperatorScriptTests : IDisposable
{
    private static readonly ExternalProgram Bash = new("bash", "bash");
    private static readonly ExternalProgram Shellcheck = new("shellcheck", "shellcheck");

    private readonly string _folder = Directory.CreateTempSubdirectory("screener-scripts-").FullName;

    private string SettingsFile => Path.Combine(_folder, ".env");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Shellcheck_has_nothing_to_say()
    {
        var (exitCode, output) = await Shellcheck.RunAsync(string.Join(' ', Scripts()) + " .ci/run");
        Assert.True(exitCode == 0, output);
    }

    [Theory]
    [InlineData("prod-check.sh"), InlineData("prod-optimize.sh"), InlineData("monitoring.sh"), InlineData("metrics.sh"), InlineData("alerts-list.sh")]
    [InlineData("diag.sh"), InlineData("scale.sh"), InlineData("rollback.sh"), InlineData("rotate-credentials.sh"), InlineData("with-stack.sh"), InlineData("capacity.sh")]
    public async Task Every_script_explains_itself(string script)
    {
        var (exitCode, output) = await Bash.RunAsync($"deploy/scripts/{script} --help");
        Assert.Equal(0, exitCode);
        Assert.StartsWith(script, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_of_a_service_that_is_not_there_are_refused_with_those_that_are()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "logs"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "logs", "api-gateway.log"), "{}\n");
        var (exitCode, output) = await Bash.RunAsync("deploy/scripts/background.sh logs nope", environment: $"SCREENER_DATA={_folder}");
        Assert.Equal((1, "No service nope writes a log here. There are: api-gateway\n"), (exitCode, output));
    }

    [Theory]
    [InlineData("", "say how many")]
    [InlineData("0", "say how many")]
    [InlineData("17", "16 partitions")]
    public async Task Scaling_to_what_makes_no_sense_is_refused(string workers, string advice)
    {
        var (exitCode, output) = await Bash.RunAsync($"deploy/scripts/scale.sh {workers}");
        Assert.Equal(2, exitCode);
        Assert.Contains(advice, output, StringComparison.Ordinal);
    }

    /// <summary>With Compose the archives lie in a volume, where only the container of backups sees them.</summary>
    [Theory]
    [InlineData("backup", "exec -T -e RESTORE= -e ONLY= -e RESTORE_INTO= backup /scripts/backup.sh\n")]
    [InlineData("backup-verify", "backup /scripts/backup.sh --verify\n")]
    [InlineData("backup-verify ARCHIVE=/backups/a.tar", "backup /scripts/backup.sh --verify /backups/a.tar\n")]
    [InlineData("rehearse-restore", "backup /scripts/rehearse-restore.sh\n")]
    public async Task What_is_done_with_backups_of_Compose_is_done_in_their_container(string target, string asked)
    {
        var (exitCode, output) = await Bash.RunAsync($"-c \"docker() {{ echo $*; }}; export -f docker; make {target}\"", environment: $"STACK=compose ENV_FILE={SettingsFile}");
        Assert.True(exitCode == 0, output);
        Assert.EndsWith(asked, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 4_000, 40)]
    [InlineData(4, 8_000, 100)]
    [InlineData(64, 256_000, 2_000)]
    public async Task Proposed_sizes_fit_the_machine_and_each_other(int cpus, int memory, int disk)
    {
        File.Copy(Repository.PathOf(".env.example"), SettingsFile);
        await OptimizeAsync($"CPUS={cpus} MEMORY_MB={memory} DISK_GB={disk} APPLY=yes");
        var settings = Settings();

        string[] limits = ["POSTGRES_MEMORY", "NATS_MEMORY", "REDIS_MEMORY", "COLLECTOR_MEMORY", "CALCULATOR_MEMORY", "ENGINE_MEMORY", "DELIVERY_MEMORY", "GATEWAY_MEMORY"];
        Assert.InRange(limits.Sum(name => Number(settings[name])), 1, memory);
        Assert.True(Number(settings["POSTGRES_SHARED_BUFFERS"]) <= Number(settings["POSTGRES_MEMORY"]) / 4);
        Assert.True(Number(settings["REDIS_MAXMEMORY"]) < Number(settings["REDIS_MEMORY"]));
        Assert.True(Number(settings["DATABASE_POOL_SIZE"]) * 5 < Number(settings["POSTGRES_MAX_CONNECTIONS"]));
        // CANDLES and METRICS of that size each, ALERTS a quarter and FEED a sixteenth of it: what NATS must be able to keep.
        Assert.True(Number(settings["NATS_STREAM_MEGABYTES"]) * 2.3125 <= Number(settings["NATS_MAX_FILE_STORE"]) * 1024);
        Assert.True(Number(settings["DISK_BUDGET_GIGABYTES"]) + Number(settings["NATS_MAX_FILE_STORE"]) < disk);
    }

    [Fact]
    public async Task Sizes_are_shown_first_and_changed_only_when_told_to_with_everything_else_kept()
    {
        await File.WriteAllTextAsync(SettingsFile, "# mine\nREDIS_PASSWORD=p|&\\w\nREDIS_MEMORY=1m\n");
        var before = await File.ReadAllTextAsync(SettingsFile);
        var shown = await OptimizeAsync("CPUS=4 MEMORY_MB=8000 DISK_GB=100");
        Assert.Contains("REDIS_MEMORY", shown, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(SettingsFile));

        await OptimizeAsync("CPUS=4 MEMORY_MB=8000 DISK_GB=100 APPLY=yes");
        Assert.StartsWith("# mine\nREDIS_PASSWORD=p|&\\w\nREDIS_MEMORY=", await File.ReadAllTextAsync(SettingsFile), StringComparison.Ordinal);
        Assert.NotEqual("1m", Settings()["REDIS_MEMORY"]);
        Assert.Contains(Directory.GetFiles(_folder), file => file != SettingsFile && File.ReadAllText(file) == before);
        Assert.Contains("Nothing to change", await OptimizeAsync("CPUS=4 MEMORY_MB=8000 DISK_GB=100"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, 800, "backups", true)]
    [InlineData(40, 50, "backups", false)]
    [InlineData(120, 800, "backups", true)]
    [InlineData(120, 800, "/mnt/other", false)]
    public async Task A_disk_that_will_be_too_small_is_told_beforehand(int disk, int instruments, string backups, bool warns)
    {
        await File.WriteAllTextAsync(SettingsFile, $"BACKUP_VOLUME={backups}\nBACKUP_KEEP_DAYS=14\n");
        var said = await OptimizeAsync($"CPUS=4 MEMORY_MB=8000 DISK_GB={disk} INSTRUMENTS={instruments}");
        Assert.Equal(warns, said.Contains("The disk will need about", StringComparison.Ordinal));
    }

    /// <summary>Their users own none of our files, and their root may not pass over modes.</summary>
    [Theory]
    [InlineData("deploy/prometheus/prometheus.yml", "600", false), InlineData("deploy/prometheus", "750", false), InlineData("ca.crt", "600", false)]
    [InlineData("deploy/prometheus/prometheus.yml", "644", true)]
    public async Task The_check_finds_what_containers_cannot_read(string file, string mode, bool readable)
    {
        var output = await ContainersCanReadAsync($"chmod {mode} {file}");
        Assert.StartsWith(readable ? "PASS" : "FAIL", output, StringComparison.Ordinal);
        Assert.Equal(!readable, output.Contains(file, StringComparison.Ordinal));
    }

    /// <summary>What nobody looked at is not good; a link counts as what it leads to.</summary>
    [Theory]
    [InlineData("rm -r tls", "FAIL fail not there: ", "/tls"), InlineData("rm ca.crt", "FAIL fail not there: ", "/ca.crt")]
    [InlineData("ln -sf nowhere ca.crt", "FAIL fail not there: ", "/ca.crt")]
    [InlineData("mv ca.crt real && chmod 600 real && ln -s real ca.crt", "FAIL fail containers cannot read 1 files, ", "/ca.crt among them")]
    [InlineData("chmod 000 tls", "could not look at", "/tls")]
    public async Task The_check_does_not_pass_what_it_could_not_look_at(string change, string said, string file)
    {
        var output = await ContainersCanReadAsync(change);
        Assert.DoesNotContain("PASS", output, StringComparison.Ordinal);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Contains(file, output, StringComparison.Ordinal);
    }

    /// <summary>In a checkout of its own, changed so; root without the capability that lets it pass over modes.</summary>
    private async Task<string> ContainersCanReadAsync(string change)
    {
        var check = Path.Combine(_folder, "check.sh");
        await File.WriteAllTextAsync(check, $$"""
            umask 022; cd {{_folder}}; mkdir -p deploy/prometheus tls; touch deploy/prometheus/prometheus.yml docker-compose.yml ca.crt
            chmod 755 . deploy deploy/prometheus tls; {{change}}
            cd {{Repository.Root}}; source deploy/scripts/lib/common.sh; source deploy/scripts/lib/report.sh; source deploy/scripts/checks/1-configuration.sh
            containers_can_read {{_folder}} {{_folder}}/tls {{_folder}}/ca.crt; echo $verdict ${findings[*]}
            """);
        var (exitCode, output) = await Bash.RunAsync($"-c \"$([ $(id -u) != 0 ] || echo setpriv --bounding-set=-dac_override,-dac_read_search) bash {check}; code=$?; chmod -Rf u+rwX {_folder}; exit $code\"");
        Assert.True(exitCode == 0, output);
        return output;
    }

    [Theory]
    [InlineData("changeme", true), InlineData("Postgres", true), InlineData("${REDIS_PASSWORD}", true), InlineData("<your password>", true)]
    [InlineData("make-secrets", true), InlineData("xxxx", true), InlineData("s4f9c1aa2e77b03d1", false), InlineData("correct horse battery", false)]
    public async Task The_check_and_the_workers_agree_on_which_secrets_everybody_knows(string secret, bool isKnown)
    {
        var (exitCode, _) = await Bash.RunAsync($"-c \"source deploy/scripts/checks/1-configuration.sh; is_known_secret '{secret}'\"");
        Assert.Equal(isKnown, exitCode == 0);
        Assert.Equal(isKnown, Hosting.Configuration.PlaceholderSecrets.IsKnown(secret));
    }

    [Theory]
    [InlineData("\"two words\"", "two words"), InlineData("'two words'", "two words"), InlineData("a'b\"", "a'b\""), InlineData("\"'x'\"", "'x'"), InlineData("", "")]
    public async Task A_quoted_setting_is_read_as_Compose_reads_it(string written, string value)
    {
        await File.WriteAllTextAsync(SettingsFile, $"NAME=old\nNAME={written}\n");
        var (_, output) = await Bash.RunAsync($"-c \"source deploy/scripts/lib/common.sh; value_of NAME {SettingsFile}\"");
        Assert.Equal(value, output.TrimEnd('\n'));
    }

    [Fact]
    public void Every_make_target_of_the_documents_is_there()
    {
        var targets = File.ReadLines(Repository.PathOf("Makefile")).Where(line => line.StartsWith(".PHONY:", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ').Skip(1)).Concat(["metrics-data-collector", "metrics-metrics-calculator", "metrics-alert-engine", "metrics-api-gateway"]).ToHashSet();
        var documents = Directory.GetFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md"));
        var named = documents.SelectMany(file => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(file), @"(?:^|`)make ((?:[a-z][a-z0-9-]* ?)+)", System.Text.RegularExpressions.RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value.Split(' ')[0])).Distinct();
        Assert.Empty(named.Except(targets));
    }

    private static IEnumerable<string> Scripts() => Directory.EnumerateFiles(Repository.PathOf("deploy"), "*.sh", SearchOption.AllDirectories);

    private async Task<string> OptimizeAsync(string environment)
    {
        var (exitCode, output) = await Bash.RunAsync("deploy/scripts/prod-optimize.sh", environment: $"ENV_FILE={SettingsFile} {environment}");
        Assert.True(exitCode == 0, output);
        return output;
    }

    private Dictionary<string, string> Settings() => File.ReadLines(SettingsFile)
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).ToDictionary(line => line.Split('=')[0], line => line.Split('=', 2)[1]);

    private static double Number(string value) => double.Parse(string.Concat(value.TakeWhile(char.IsDigit)), CultureInfo.InvariantCulture);
}
