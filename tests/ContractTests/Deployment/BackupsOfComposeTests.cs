using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>What <c>with-stack.sh</c> does around a restore, with a Docker that only says how it ended, and what the container of backups has.</summary>
public sealed class BackupsOfComposeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("screener-backups-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A refusal must not cost the collection; half of a restore must not be collected into.</summary>
    [Theory]
    [InlineData(0, 0, true, "")]
    [InlineData(3, 3, true, "nothing was changed, and the workers run again")]
    [InlineData(1, 1, false, "the workers stay stopped")]
    [InlineData(137, 1, false, "the workers stay stopped")]
    public async Task Workers_run_again_after_a_restore_that_succeeded_or_changed_nothing(int ended, int expected, bool started, string said)
    {
        var docker = $"docker() {{ case $* in *' ps '*) echo alert-engine ;; *' exec '*) return {ended} ;; *) echo $* ;; esac; }}; export -f docker";
        var (code, output) = await ExternalProgram.Bash.RunAsync($"-c \"{docker}; deploy/scripts/with-stack.sh restore.sh\"", environment: $"STACK=compose RESTORE=yes ENV_FILE={_folder}/.env");
        Assert.Equal(expected, code);
        Assert.Contains(" stop alert-engine\n", output, StringComparison.Ordinal);
        Assert.Equal(started, output.Contains(".yml start alert-engine\n", StringComparison.Ordinal));
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_is_verified_where_nothing_runs()
    {
        var (code, output) = await ExternalProgram.Bash.RunAsync(
            "-c \"docker() { return 1; }; export -f docker; deploy/scripts/with-stack.sh backup.sh --verify\"", environment: $"STACK_FILE={_folder}/none BACKUP_FOLDER={_folder}");
        Assert.Equal((1, $"backup.sh: there is no backup in {_folder}\n"), (code, output));
    }

    [Fact]
    public async Task Its_container_is_healthy_while_the_last_good_backup_or_its_start_is_of_the_last_day()
    {
        var check = ComposeFile.Services["backup"]["healthcheck"].List("test").Texts().Last().Replace("/tmp/", _folder + "/", StringComparison.Ordinal).Replace("/metrics/", _folder + "/", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "check.sh"), check);
        async Task<bool> IsHealthyAfterAsync(string command) => (await ExternalProgram.Bash.RunAsync($"-c \"cd {_folder}; {command}; sh check.sh\"")).ExitCode == 0;

        Assert.False(await IsHealthyAfterAsync("touch -d '27 hours ago' backup.prom"));
        Assert.True(await IsHealthyAfterAsync("touch backup.prom"));
        Assert.False(await IsHealthyAfterAsync("touch -d '27 hours ago' backup.prom"));
        var daily = Repository.PathOf("deploy", "scripts", "backup-daily.sh");
        Assert.True(await IsHealthyAfterAsync($"TMPDIR={_folder} BACKUP_FOLDER={_folder} BACKUP_METRICS_FOLDER={_folder} timeout 5 {daily} >/dev/null 2>&1"));
    }

    [Fact]
    public void The_folder_that_Loki_keeps_its_logs_in_is_in_the_backup()
    {
        var chunks = YamlText.ReadFile("deploy/docker/loki.yml").Single().At("common/storage/filesystem").Text("chunks_directory");
        Assert.Contains("loki-data:/loki", ComposeFile.Services["loki"].List("volumes").Texts());
        Assert.Contains("loki-data:/logs:ro", ComposeFile.Services["backup"].List("volumes").Texts());
        Assert.Equal($"${{BACKUP_LOGS-{chunks.Replace("/loki/", "/logs/", StringComparison.Ordinal)}}}", ComposeFile.Services["backup"]["environment"].Text("BACKUP_LOGS"));
    }
}
