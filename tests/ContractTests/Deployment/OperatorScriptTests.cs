using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>The scripts behind the make targets, as far as they need nothing that runs.</summary>
public sealed class OperatorScriptTests : IDisposable
{
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
    [InlineData("diag.sh"), InlineData("scale.sh"), InlineData("rollback.sh"), InlineData("rotate-credentials.sh"), InlineData("with-stack.sh"), InlineData("capacity.sh"), InlineData("profile.sh")]
    public async Task Every_script_explains_itself(string script)
    {
        var (exitCode, output) = await ExternalProgram.Bash.RunAsync($"deploy/scripts/{script} --help");
        Assert.Equal(0, exitCode);
        Assert.StartsWith(script, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_of_a_service_that_is_not_there_are_refused_with_those_that_are()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "logs"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "logs", "api-gateway.log"), "{}\n");
        var (exitCode, output) = await ExternalProgram.Bash.RunAsync("deploy/scripts/background.sh logs nope", environment: $"SCREENER_DATA={_folder}");
        Assert.Equal((1, "No service nope writes a log here. There are: api-gateway\n"), (exitCode, output));
    }

    [Theory]
    [InlineData("", "say how many")]
    [InlineData("0", "say how many")]
    [InlineData("17", "16 partitions")]
    public async Task Scaling_to_what_makes_no_sense_is_refused(string workers, string advice)
    {
        var (exitCode, output) = await ExternalProgram.Bash.RunAsync($"deploy/scripts/scale.sh {workers}");
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
        var (exitCode, output) = await ExternalProgram.Bash.RunAsync($"-c \"docker() {{ echo $*; }}; export -f docker; make {target}\"", environment: $"STACK=compose ENV_FILE={SettingsFile}");
        Assert.True(exitCode == 0, output);
        Assert.EndsWith(asked, output, StringComparison.Ordinal);
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
        var (exitCode, output) = await ExternalProgram.Bash.RunAsync($"-c \"$([ $(id -u) != 0 ] || echo setpriv --bounding-set=-dac_override,-dac_read_search) bash {check}; code=$?; chmod -Rf u+rwX {_folder}; exit $code\"");
        Assert.True(exitCode == 0, output);
        return output;
    }

    [Theory]
    [InlineData("changeme", true), InlineData("Postgres", true), InlineData("${REDIS_PASSWORD}", true), InlineData("<your password>", true)]
    [InlineData("make-secrets", true), InlineData("xxxx", true), InlineData("s4f9c1aa2e77b03d1", false), InlineData("correct horse battery", false)]
    public async Task The_check_and_the_workers_agree_on_which_secrets_everybody_knows(string secret, bool isKnown)
    {
        var (exitCode, _) = await ExternalProgram.Bash.RunAsync($"-c \"source deploy/scripts/checks/1-configuration.sh; is_known_secret '{secret}'\"");
        Assert.Equal(isKnown, exitCode == 0);
        Assert.Equal(isKnown, Hosting.Configuration.PlaceholderSecrets.IsKnown(secret));
    }

    [Theory]
    [InlineData("\"two words\"", "two words"), InlineData("'two words'", "two words"), InlineData("a'b\"", "a'b\""), InlineData("\"'x'\"", "'x'"), InlineData("", "")]
    public async Task A_quoted_setting_is_read_as_Compose_reads_it(string written, string value)
    {
        await File.WriteAllTextAsync(SettingsFile, $"NAME=old\nNAME={written}\n");
        var (_, output) = await ExternalProgram.Bash.RunAsync($"-c \"source deploy/scripts/lib/common.sh; value_of NAME {SettingsFile}\"");
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
}
