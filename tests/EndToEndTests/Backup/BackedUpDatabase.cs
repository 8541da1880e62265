using System.Globalization;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.EndToEndTests.Backup;

/// <summary>A database with an empty list of migrations, backed up and restored by the real scripts; streams and Redis are stand-ins.</summary>
internal sealed class BackedUpDatabase(LocalPostgres postgres) : IAsyncLifetime
{
    private const string Streams = """
        #!/bin/sh
        case "$1 $2" in
          'streams save') mkdir -p "$3" ;;
          'redis save') : >"$3" ;;
          'streams restore') [ ! -e "$0.broken" ] ;;
        esac
        """;

    internal LocalPostgres Postgres => postgres;

    internal string Name { get; } = ServersFixture.NextPrefix();

    internal string Folder { get; } = Directory.CreateTempSubdirectory("screener-lost-").FullName;

    internal string Backups => Path.Combine(Folder, "backups");

    /// <summary>While it is there streams cannot be restored.</summary>
    internal string Broken => Path.Combine(Folder, "streams.sh.broken");

    internal string Environment => string.Create(
        CultureInfo.InvariantCulture,
        $"PGHOST=127.0.0.1 PGPORT={postgres.Port} PGUSER=screener PGDATABASE={Name} BACKUP_FOLDER={Backups} RESTORE=yes");

    public async Task InitializeAsync()
    {
        await postgres.CreateDatabaseAsync(Name);
        await ExecuteAsync("CREATE TABLE migrations (name text)");
        await File.WriteAllTextAsync(Path.Combine(Folder, "streams.sh"), Streams);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    internal string[] Archives() => Directory.GetFiles(Backups, "screener-*.tar");

    /// <summary>Of long before; the checksum names the file.</summary>
    internal static string RenameToAnOlder(string archive)
    {
        var older = Path.Combine(Path.GetDirectoryName(archive)!, "screener-20260101T000000Z.tar");
        File.Move(archive, older);
        File.WriteAllText(older + ".sha256", File.ReadAllText(archive + ".sha256").Replace(Path.GetFileName(archive), Path.GetFileName(older), StringComparison.Ordinal));
        File.Delete(archive + ".sha256");
        return older;
    }

    internal async Task<object?> ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionStringOf(Name));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    internal Task<(int Code, string Said)> RunAsync(string script, string settings = "") =>
        ExternalProgram.Bash.RunAsync($"-c \"{settings}BACKUP_PROGRAM='sh {Folder}/streams.sh' deploy/scripts/{script}\"", environment: Environment);

    internal async Task<string> SucceedsAsync(string script, string settings = "")
    {
        var (code, said) = await RunAsync(script, settings);
        Assert.True(code == 0, $"{script} ended with {code}: {said}");
        return said;
    }
}
