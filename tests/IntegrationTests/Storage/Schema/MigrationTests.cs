using System.Globalization;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Migrations;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Schema;

public sealed class MigrationTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task The_first_use_of_an_empty_database_makes_the_whole_schema()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        Assert.Equal(Migration.Embedded.Count, await storage.ScalarAsync<long>("SELECT count(*) FROM migrations"));
        string[] tables =
        [
            "alerts", "api_keys", "attempts", "audit", "candles", "catalogues", "checkpoints", "deliveries", "endpoints", "gaps", "instruments",
            "leases", "metrics", "metrics_hourly", "rules", "settings", "silences", "snapshots",
        ];
        foreach (var table in tables) Assert.True(await storage.ScalarAsync<bool>($"SELECT to_regclass('{table}') IS NOT NULL"), table);
    }

    [Fact]
    public async Task Processes_that_race_to_migrate_all_find_each_migration_applied_once()
    {
        var database = await servers.CreateDatabaseAsync();
        var racers = Enumerable.Range(0, 4).Select(_ => HelperProcess.HelperProcess.Start("migrate", database)).ToList();
        foreach (var racer in racers) Assert.Equal("ready", await racer.ReadLineAsync());

        var ends = await Task.WhenAll(racers.Select(racer => racer.FinishAsync()));

        Assert.All(ends, code => Assert.Equal(0, code));
        foreach (var racer in racers)
        {
            Assert.Equal(Migration.Embedded.Count.ToString(CultureInfo.InvariantCulture), await racer.ReadLineAsync());
            await racer.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_migration_that_changed_after_it_was_applied_is_refused_with_what_to_do()
    {
        await using var first = await TestStorage.CreateAsync(servers);
        await first.ExecuteAsync("UPDATE migrations SET checksum = repeat('0', 64) WHERE name LIKE '0002%'");

        await using var later = new TestStorage(first.ConnectionString);
        var error = await Assert.ThrowsAsync<StorageException>(() => later.ScalarAsync<int>("SELECT 1"));

        Assert.Contains("0002_ownership", error.Message, StringComparison.Ordinal);
        Assert.Contains("write a new migration", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_ahead_of_this_program_is_accepted()
    {
        await using var newer = await TestStorage.CreateAsync(servers);
        await newer.ExecuteAsync("INSERT INTO migrations (name, checksum) VALUES ('9999_of_the_next_release', 'x')");

        await using var older = new TestStorage(newer.ConnectionString);

        Assert.Equal(1, await older.ScalarAsync<int>("SELECT 1"));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_and_is_tried_again()
    {
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync(), ("TimeSeries", "Native"));
        await storage.ExecuteAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE rules ()"); // in the way of 0003

        await using var blocked = new TestStorage(storage.ConnectionString, ("TimeSeries", "Native"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => blocked.ScalarAsync<int>("SELECT 1"));
        Assert.True(await storage.ScalarAsync<bool>("SELECT to_regclass('instruments') IS NULL AND to_regclass('migrations') IS NULL"));

        await storage.ExecuteAsync("DROP TABLE rules");
        Assert.Equal(1, await blocked.ScalarAsync<int>("SELECT 1"));
    }

    [Fact]
    public void Each_migration_has_a_number_of_its_own_and_they_run_in_that_order()
    {
        var numbers = Migration.Embedded.Select(migration => int.Parse(migration.Name.AsSpan(0, 4), CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }
}
