using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Backup;

/// <summary>
/// A machine that is set up after another was lost starts with an empty database and an old backup, and the container of backups starts
/// beside them: what it makes of nothing must never become what is restored.
/// </summary>
public sealed class LostMachineTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private readonly BackedUpDatabase _database = new(servers.Postgres);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_empty_database_is_not_backed_up_and_the_old_backup_stays_the_newest_and_comes_back()
    {
        await _database.ExecuteAsync("INSERT INTO migrations VALUES ('001')");
        await _database.SucceedsAsync("backup.sh");
        var old = BackedUpDatabase.RenameToAnOlder(Assert.Single(_database.Archives()));
        await _database.ExecuteAsync("DROP TABLE migrations");

        var (code, said) = await _database.RunAsync("backup.sh");
        Assert.NotEqual(0, code);
        Assert.Contains("nothing to back up yet: restore first", said, StringComparison.Ordinal);
        Assert.Equal([old], _database.Archives());

        said = await _database.SucceedsAsync("restore.sh");
        Assert.Matches(@"Restoring \S+: \d+ h \d+ min old, 1 tables\n", said);
        Assert.Equal("001", await _database.ExecuteAsync("SELECT name FROM migrations"));
        await _database.SucceedsAsync("backup.sh");
        Assert.Equal(2, _database.Archives().Length);
    }

    [Fact]
    public async Task A_backup_of_an_empty_database_is_refused_before_anything_is_touched()
    {
        await _database.SucceedsAsync("backup.sh");
        await EmptyDatabaseOfAsync(Assert.Single(_database.Archives()));

        var (code, said) = await _database.RunAsync("restore.sh");
        Assert.Equal(3, code);
        Assert.Contains("is of an empty database", said, StringComparison.Ordinal);
        Assert.Equal(0L, await _database.ExecuteAsync("SELECT count(*) FROM migrations"));
    }

    /// <summary>As versions before made it of a machine that was just set up.</summary>
    private async Task EmptyDatabaseOfAsync(string archive)
    {
        var nothing = $"{_database.Name}_nothing";
        await _database.Postgres.CreateDatabaseAsync(nothing);
        var (code, said) = await ExternalProgram.Bash.RunAsync(
            $"-c \"set -e; mkdir {_database.Folder}/made; cd {_database.Folder}/made; tar -xf {archive}; pg_dump --format=custom --file=database.dump {nothing}; "
            + $"find . -type f ! -name SHA256SUMS | xargs sha256sum >SHA256SUMS; tar -cf {archive} .; cd {_database.Backups}; sha256sum $(basename {archive}) >{archive}.sha256\"",
            environment: _database.Environment);
        Assert.True(code == 0, said);
    }
}
