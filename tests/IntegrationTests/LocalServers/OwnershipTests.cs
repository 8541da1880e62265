using System.Globalization;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.IntegrationTests.LocalServers;

public sealed class OwnershipTests
{
    [Fact]
    public async Task Killing_the_parent_stops_its_servers_and_removes_their_temporary_data()
    {
        await using var parent = HelperProcess.HelperProcess.Start("hold-servers");
        var servers = new[] { await parent.ReadLineAsync(), await parent.ReadLineAsync(), await parent.ReadLineAsync() }
            .Select(line => line.Split(' ', 2))
            .Select(parts => (Port: int.Parse(parts[0], CultureInfo.InvariantCulture), Folder: parts[1]))
            .ToList();
        foreach (var (port, folder) in servers) Assert.True(await RawText.IsListeningAsync(port) && Directory.Exists(folder));

        await parent.KillAsync();

        foreach (var (port, folder) in servers)
        {
            await Eventually.TrueAsync(async () => !await RawText.IsListeningAsync(port), $"nobody listens on {port}");
            await Eventually.TrueAsync(() => !Directory.Exists(folder), $"{folder} is gone");
        }
    }

    [Fact]
    public async Task A_kept_folder_survives_its_server_even_where_only_we_may_enter()
    {
        var closed = Directory.CreateTempSubdirectory("screener-closed-"); // mode 0700
        try
        {
            var options = new LocalPostgresOptions { DataDirectory = Path.Combine(closed.FullName, "postgres"), Password = "s3cret" };
            await using (var first = await LocalPostgres.StartAsync(options)) await first.CreateDatabaseAsync("kept");

            await using var second = await LocalPostgres.StartAsync(options);
            await using var source = NpgsqlDataSource.Create(second.ConnectionStringOf("kept") + ";Pooling=false");
            await using var connection = await source.OpenConnectionAsync();
            Assert.Equal("kept", connection.Database);
        }
        finally
        {
            closed.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Postgres_never_runs_as_root()
    {
        await using var postgres = await LocalPostgres.StartAsync();
        var pidFile = Path.Combine(Path.GetDirectoryName(postgres.LogFile)!, "data", "postmaster.pid");
        var status = await File.ReadAllLinesAsync($"/proc/{(await File.ReadAllLinesAsync(pidFile))[0]}/status");
        Assert.DoesNotContain("Uid:\t0\t0\t0\t0", status);
    }
}
