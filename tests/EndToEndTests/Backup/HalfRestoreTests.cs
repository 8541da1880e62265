using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Backup;

/// <summary>What a restore that goes on, failed or was killed has left looks whole, and must not become a backup.</summary>
public sealed class HalfRestoreTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private readonly BackedUpDatabase _database = new(servers.Postgres);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task While_a_restore_goes_on_its_half_is_not_backed_up()
    {
        await _database.SucceedsAsync("backup.sh");
        using var holder = ExternalProgram.Bash.Start($"-c \"exec 9>{_database.Backups}/.{_database.Name}.lock && flock 9 && echo held && read\"");
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        foreach (var (script, expected) in new[] { ("backup.sh", 1), ("restore.sh", 3) })
        {
            var (code, said) = await _database.RunAsync(script);
            Assert.Equal(expected, code);
            Assert.Contains("is under way here", said, StringComparison.Ordinal);
        }

        holder.StandardInput.Close();
        await holder.WaitForExitAsync();
        await _database.SucceedsAsync("restore.sh");
    }

    /// <summary>All tables are made before the first row comes: what an abort leaves looks whole.</summary>
    [Fact]
    public async Task What_a_failed_restore_left_is_not_backed_up_until_one_succeeds()
    {
        await _database.ExecuteAsync("INSERT INTO migrations VALUES ('001')");
        await _database.SucceedsAsync("backup.sh");
        var good = BackedUpDatabase.RenameToAnOlder(Assert.Single(_database.Archives()));
        await _database.ExecuteAsync("CREATE TABLE fails (x int CHECK (current_setting('application_name') <> 'pg_restore')); INSERT INTO fails VALUES (1)");
        await _database.SucceedsAsync("backup.sh");

        Assert.Equal(1, (await _database.RunAsync("restore.sh")).Code);
        Assert.Equal(0L, await _database.ExecuteAsync("SELECT count(*) FROM fails"));
        await IsNotBackedUpAsync("database streams redis");

        await _database.SucceedsAsync($"restore.sh {good}");
        await _database.SucceedsAsync("backup.sh");
    }

    /// <summary>One that succeeds for a part says nothing of the others.</summary>
    [Fact]
    public async Task Streams_that_were_not_restored_are_not_backed_up_with_the_database_that_was()
    {
        await _database.SucceedsAsync("backup.sh");
        await File.WriteAllTextAsync(_database.Broken, "");

        Assert.Equal(1, (await _database.RunAsync("restore.sh")).Code);
        await IsNotBackedUpAsync("streams redis");
        File.Delete(_database.Broken);
        await _database.SucceedsAsync("restore.sh", "ONLY=streams ");
        await IsNotBackedUpAsync("redis");
        await _database.SucceedsAsync("restore.sh");
        await _database.SucceedsAsync("backup.sh");
    }

    private async Task IsNotBackedUpAsync(string parts)
    {
        var before = _database.Archives();
        var (code, said) = await _database.RunAsync("backup.sh");
        Assert.Equal(1, code);
        Assert.Contains($"a restore did not end, and what is there of {parts} may be half: run it again", said, StringComparison.Ordinal);
        Assert.Equal(before, _database.Archives());
    }
}
