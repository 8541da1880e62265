using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Backup;

/// <summary>Which archives count, how long the others stay, and that none is lost for a file that nobody needs.</summary>
public sealed class GoodArchiveTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private readonly BackedUpDatabase _database = new(servers.Postgres);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task What_was_killed_half_way_or_is_damaged_is_never_the_newest_and_does_not_stay_for_ever()
    {
        await _database.SucceedsAsync("backup.sh");
        var good = Assert.Single(_database.Archives());
        var half = Path.Combine(_database.Backups, "screener-29990101T000000Z.tar");
        await File.WriteAllTextAsync(half, "without a checksum");
        Assert.Contains(good, await _database.SucceedsAsync("backup.sh --verify"), StringComparison.Ordinal);

        var (damaged, sum) = (half + ".damaged", Path.Combine(_database.Backups, "screener-20260101T000000Z.tar.sha256"));
        File.Move(half, damaged);
        await File.WriteAllTextAsync(sum, "of an archive that never came");
        await TouchAsync(damaged, sum);
        await _database.SucceedsAsync("backup.sh");
        Assert.False(File.Exists(damaged) || File.Exists(sum));
    }

    /// <summary>Without the capability that lets root pass over modes, as containers are.</summary>
    [Fact]
    public async Task A_file_that_must_not_be_read_does_not_cost_the_backup()
    {
        var folder = _database.Folder;
        var (code, said) = await ExternalProgram.Bash.RunAsync(
            $"-c \"mkdir {folder}/settings && touch {folder}/settings/closed {folder}/settings/open && chmod 000 {folder}/settings/closed && export BACKUP_CONFIGURATION={folder}/settings "
            + $"BACKUP_PROGRAM='sh {folder}/streams.sh' && $([ $(id -u) != 0 ] || echo setpriv --bounding-set=-dac_override,-dac_read_search) deploy/scripts/backup.sh\"",
            environment: _database.Environment);
        Assert.True(code == 0, said);
        Assert.Contains("Not all of the configuration is in this backup", said, StringComparison.Ordinal);
        Assert.Contains("is whole", said, StringComparison.Ordinal);
        await ExternalProgram.Bash.RunAsync($"-c \"mkdir {folder}/back && tar -xOf {_database.Archives().Single()} ./configuration.tar | tar -x -C {folder}/back\"");
        Assert.True(File.Exists(Path.Combine(folder, "back", "open")));
    }

    [Fact]
    public async Task Logs_that_nobody_keeps_do_not_cost_the_backup()
    {
        var said = await _database.SucceedsAsync("backup.sh", $"BACKUP_LOGS={_database.Folder}/nowhere ");
        Assert.Contains("Without logs: there is no folder", said, StringComparison.Ordinal);
        Assert.Matches(@" keys of Redis\n", said);
    }

    /// <summary>Half of a part would be found by the verification, and the whole backup be put aside for it.</summary>
    [Fact]
    public async Task A_part_that_could_only_be_packed_half_does_not_cost_the_backup()
    {
        var logs = Directory.CreateDirectory(Path.Combine(_database.Folder, "logs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(logs, "api-gateway"), "collected");
        var programs = Directory.CreateDirectory(Path.Combine(_database.Folder, "programs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(programs, "gzip"), """
            #!/bin/sh
            PATH=${PATH#*:}
            case "$*" in *-d*) exec gzip "$@" ;; esac
            gzip "$@" | head -c 20
            exit 1
            """);
        var said = await _database.SucceedsAsync("backup.sh", $"chmod +x {programs}/gzip && PATH={programs}:$PATH BACKUP_LOGS={logs} ");
        Assert.Contains("Without logs: tar said above", said, StringComparison.Ordinal);
        Assert.Matches(@" keys of Redis\n", said);
        Assert.Empty(Directory.GetFiles(_database.Backups, "*.damaged"));
    }

    private static async Task TouchAsync(params string[] files)
    {
        var (code, said) = await ExternalProgram.Bash.RunAsync($"-c \"touch -d '30 days ago' {string.Join(' ', files)}\"");
        Assert.True(code == 0, said);
    }
}
