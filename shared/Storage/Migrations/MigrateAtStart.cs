using CryptoScreener.Storage.Connections;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace CryptoScreener.Storage.Migrations;

/// <summary>Migrates as soon as the database is there. A migration that cannot apply stops the worker: nothing else would work.</summary>
internal sealed class MigrateAtStart(NpgsqlDataSource source, Migrator migrator, WhenAvailable available) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        available.RunAsync("migration", async stop => await migrator.MigrateOnceAsync(source, stop), stoppingToken);
}
