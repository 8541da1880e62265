using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Backup;

/// <summary>What a backup leaves out that is not encrypted: whoever finds a copy of it must not be able to open anything.</summary>
public sealed class PlainBackupTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private readonly BackedUpDatabase _database = new(servers.Postgres);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    private string Logs => Path.Combine(_database.Folder, "logs");

    /// <summary>A gateway in a container prints the first key, and Loki's chunks cannot be searched for it.</summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Logs_that_may_show_a_key_are_in_an_encrypted_backup_only(bool searchable)
    {
        await WriteLogAsync(searchable ? "The administrator's API key, shown this once: csk_1" : "a chunk\0of Loki");
        var said = await _database.SucceedsAsync("backup.sh", $"BACKUP_LOGS={Logs} ");
        Assert.Contains($"Left out, because this backup is not encrypted (BACKUP_ENCRYPT=true): logs, {Logs}/api-gateway may show", said, StringComparison.Ordinal);
        Assert.Matches(@" keys of Redis\n", said);
        said = await _database.SucceedsAsync("backup.sh", $"BACKUP_ENCRYPT=true BACKUP_PASSPHRASE=test BACKUP_LOGS={Logs} ");
        Assert.Contains(" keys of Redis, logs\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_logs_are_in_every_backup()
    {
        await WriteLogAsync("collected");
        Assert.Contains(" keys of Redis, logs\n", await _database.SucceedsAsync("backup.sh", $"BACKUP_LOGS={Logs} "), StringComparison.Ordinal);
    }

    /// <summary>The arguments of <c>make up</c>: a webhook's address opens what it posts to.</summary>
    [Fact]
    public async Task The_address_of_a_webhook_is_in_an_encrypted_backup_only()
    {
        var settings = Directory.CreateDirectory(Path.Combine(_database.Folder, "settings")).FullName;
        await File.WriteAllTextAsync(Path.Combine(settings, "launcher.arguments"), "--webhook https://example.com/hooks/token ");
        var said = await _database.SucceedsAsync("backup.sh", $"BACKUP_CONFIGURATION={settings} ");
        Assert.Contains("not encrypted (BACKUP_ENCRYPT=true): launcher.arguments\n", said, StringComparison.Ordinal);
        var (_, listed) = await ExternalProgram.Bash.RunAsync($"-c \"tar -xOf {_database.Archives().Single()} ./configuration.tar | tar -t\"");
        Assert.Equal("./\n", listed);
    }

    private Task WriteLogAsync(string text)
    {
        Directory.CreateDirectory(Logs);
        return File.WriteAllTextAsync(Path.Combine(Logs, "api-gateway"), text);
    }
}
