using System.Globalization;
using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.EndToEndTests.Backup;

/// <summary>
/// A machine that is set up after another was lost starts with an empty database and an old backup, and the container of backups starts
/// beside them: what it makes of nothing must never become what is restored. Streams and Redis are stand-ins here.
/// </summary>
public sealed class LostMachineTests(DatabaseServer server) : IClassFixture<DatabaseServer>, IAsyncLifetime
{
    private const string Streams = """
        #!/bin/sh
        case "$1 $2" in
          'streams save') mkdir -p "$3" ;;
          'redis save') : >"$3" ;;
          'streams restore') [ ! -e "$0.broken" ] ;;
        esac
        """;

    private static readonly ExternalProgram Bash = new("bash", "bash");

    private readonly string _folder = Directory.CreateTempSubdirectory("screener-lost-").FullName;
    private readonly string _database = ServersFixture.NextPrefix();
    private string _connection = "";

    private string Backups => Path.Combine(_folder, "backups");

    public async Task InitializeAsync()
    {
        _connection = await server.Postgres.CreateDatabaseAsync(_database);
        await File.WriteAllTextAsync(Path.Combine(_folder, "streams.sh"), Streams);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_empty_database_is_not_backed_up_and_the_old_backup_stays_the_newest_and_comes_back()
    {
        await ExecuteAsync("CREATE TABLE migrations (name text); INSERT INTO migrations VALUES ('001')");
        await SucceedsAsync("backup.sh");
        var old = RenameToAnOlder(Assert.Single(Archives()));
        await ExecuteAsync("DROP TABLE migrations");

        var (code, said) = await RunAsync("backup.sh");
        Assert.NotEqual(0, code);
        Assert.Contains("nothing to back up yet: restore first", said, StringComparison.Ordinal);
        Assert.Equal([old], Archives());

        said = await SucceedsAsync("restore.sh");
        Assert.Matches(@"Restoring \S+: \d+ h \d+ min old, 1 tables\n", said);
        Assert.Equal("001", await ExecuteAsync("SELECT name FROM migrations"));
        await SucceedsAsync("backup.sh");
        Assert.Equal(2, Archives().Length);
    }

    [Fact]
    public async Task A_backup_of_an_empty_database_is_refused_before_anything_is_touched()
    {
        await ExecuteAsync("CREATE TABLE migrations (name text)");
        await SucceedsAsync("backup.sh");
        await EmptyDatabaseOfAsync(Assert.Single(Archives()));

        var (code, said) = await RunAsync("restore.sh");
        Assert.Equal(3, code);
        Assert.Contains("is of an empty database", said, StringComparison.Ordinal);
        Assert.Equal(0L, await ExecuteAsync("SELECT count(*) FROM migrations"));
    }

    [Fact]
    public async Task What_was_killed_half_way_or_is_damaged_is_never_the_newest_and_does_not_stay_for_ever()
    {
        await ExecuteAsync("CREATE TABLE migrations (name text)");
        await SucceedsAsync("backup.sh");
        var good = Assert.Single(Archives());
        var half = Path.Combine(Backups, "screener-29990101T000000Z.tar");
        await File.WriteAllTextAsync(half, "without a checksum");
        Assert.Contains(good, await SucceedsAsync("backup.sh --verify"), StringComparison.Ordinal);

        var (damaged, sum) = (half + ".damaged", Path.Combine(Backups, "screener-20260101T000000Z.tar.sha256"));
        File.Move(half, damaged);
        await File.WriteAllTextAsync(sum, "of an archive that never came");
        await TouchAsync(damaged, sum);
        await SucceedsAsync("backup.sh");
        Assert.False(File.Exists(damaged) || File.Exists(sum));
    }

    [Fact]
    public async Task While_a_restore_goes_on_its_half_is_not_backed_up()
    {
        await ExecuteAsync("CREATE TABLE migrations (name text)");
        await SucceedsAsync("backup.sh");
        using var holder = Bash.Start($"-c \"exec 9>{Backups}/.{_database}.lock && flock 9 && echo held && read\"");
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        foreach (var (script, expected) in new[] { ("backup.sh", 1), ("restore.sh", 3) })
        {
            var (code, said) = await RunAsync(script);
            Assert.Equal(expected, code);
            Assert.Contains("is under way here", said, StringComparison.Ordinal);
        }

        holder.StandardInput.Close();
        await holder.WaitForExitAsync();
        await SucceedsAsync("restore.sh");
    }

    /// <summary>All tables are made before the first row comes: what an abort leaves looks whole.</summary>
    [Fact]
    public async Task What_a_failed_restore_left_is_not_backed_up_until_one_succeeds()
    {
        await ExecuteAsync("CREATE TABLE migrations (name text); INSERT INTO migrations VALUES ('001')");
        await SucceedsAsync("backup.sh");
        var good = RenameToAnOlder(Assert.Single(Archives()));
        await ExecuteAsync("CREATE TABLE fails (x int CHECK (current_setting('application_name') <> 'pg_restore')); INSERT INTO fails VALUES (1)");
        await SucceedsAsync("backup.sh");

        Assert.Equal(1, (await RunAsync("restore.sh")).Code);
        Assert.Equal(0L, await ExecuteAsync("SELECT count(*) FROM fails"));
        await IsNotBackedUpAsync("database streams redis");

        await SucceedsAsync($"restore.sh {good}");
        await SucceedsAsync("backup.sh");
    }

    /// <summary>One that succeeds for a part says nothing of the others.</summary>
    [Fact]
    public async Task Streams_that_were_not_restored_are_not_backed_up_with_the_database_that_was()
    {
        await ExecuteAsync("CREATE TABLE migrations (name text)");
        await SucceedsAsync("backup.sh");
        var broken = Path.Combine(_folder, "streams.sh.broken");
        await File.WriteAllTextAsync(broken, "");

        Assert.Equal(1, (await RunAsync("restore.sh")).Code);
        await IsNotBackedUpAsync("streams redis");
        File.Delete(broken);
        await SucceedsAsync("restore.sh", "ONLY=streams ");
        await IsNotBackedUpAsync("redis");
        await SucceedsAsync("restore.sh");
        await SucceedsAsync("backup.sh");
    }

    /// <summary>Without the capability that lets root pass over modes, as containers are.</summary>
    [Fact]
    public async Task A_file_that_must_not_be_read_does_not_cost_the_backup()
    {
        await ExecuteAsync("CREATE TABLE migrations (name text)");
        var (code, said) = await Bash.RunAsync(
            $"-c \"mkdir {_folder}/settings && touch {_folder}/settings/closed {_folder}/settings/open && chmod 000 {_folder}/settings/closed && export BACKUP_CONFIGURATION={_folder}/settings "
            + $"BACKUP_PROGRAM='sh {_folder}/streams.sh' && $([ $(id -u) != 0 ] || echo setpriv --bounding-set=-dac_override,-dac_read_search) deploy/scripts/backup.sh\"",
            environment: Environment);
        Assert.True(code == 0, said);
        Assert.Contains("Not all of the configuration is in this backup", said, StringComparison.Ordinal);
        Assert.Contains("is whole", said, StringComparison.Ordinal);
        await Bash.RunAsync($"-c \"mkdir {_folder}/back && tar -xOf {Archives().Single()} ./configuration.tar | tar -x -C {_folder}/back\"");
        Assert.True(File.Exists(Path.Combine(_folder, "back", "open")));
    }

    private async Task IsNotBackedUpAsync(string parts)
    {
        var before = Archives();
        var (code, said) = await RunAsync("backup.sh");
        Assert.Equal(1, code);
        Assert.Contains($"a restore did not end, and what is there of {parts} may be half: run it again", said, StringComparison.Ordinal);
        Assert.Equal(before, Archives());
    }

    private string[] Archives() => Directory.GetFiles(Backups, "screener-*.tar");

    /// <summary>Of long before; the checksum names the file.</summary>
    private static string RenameToAnOlder(string archive)
    {
        var older = Path.Combine(Path.GetDirectoryName(archive)!, "screener-20260101T000000Z.tar");
        File.Move(archive, older);
        File.WriteAllText(older + ".sha256", File.ReadAllText(archive + ".sha256").Replace(Path.GetFileName(archive), Path.GetFileName(older), StringComparison.Ordinal));
        File.Delete(archive + ".sha256");
        return older;
    }

    /// <summary>As versions before made it of a machine that was just set up.</summary>
    private async Task EmptyDatabaseOfAsync(string archive)
    {
        await server.Postgres.CreateDatabaseAsync("nothing");
        var (code, said) = await Bash.RunAsync(
            $"-c \"set -e; mkdir {_folder}/made; cd {_folder}/made; tar -xf {archive}; pg_dump --format=custom --file=database.dump nothing; "
            + $"find . -type f ! -name SHA256SUMS | xargs sha256sum >SHA256SUMS; tar -cf {archive} .; cd {Backups}; sha256sum $(basename {archive}) >{archive}.sha256\"",
            environment: Environment);
        Assert.True(code == 0, said);
    }

    private static async Task TouchAsync(params string[] files)
    {
        var (code, said) = await Bash.RunAsync($"-c \"touch -d '30 days ago' {string.Join(' ', files)}\"");
        Assert.True(code == 0, said);
    }

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private string Environment => string.Create(
        CultureInfo.InvariantCulture,
        $"PGHOST=127.0.0.1 PGPORT={server.Postgres.Port} PGUSER=screener PGDATABASE={_database} BACKUP_FOLDER={Backups} RESTORE=yes");

    private Task<(int Code, string Said)> RunAsync(string script, string settings = "") =>
        Bash.RunAsync($"-c \"{settings}BACKUP_PROGRAM='sh {_folder}/streams.sh' deploy/scripts/{script}\"", environment: Environment);

    private async Task<string> SucceedsAsync(string script, string settings = "")
    {
        var (code, said) = await RunAsync(script, settings);
        Assert.True(code == 0, $"{script} ended with {code}: {said}");
        return said;
    }
}
