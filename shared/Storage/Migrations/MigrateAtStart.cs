using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.TimeTables;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CryptoScreener.Storage.Migrations;

/// <summary>Migrates as soon as the database is there. A migration that cannot apply stops the worker: nothing else would work.</summary>
internal sealed partial class MigrateAtStart(NpgsqlDataSource source, Migrator migrator, WhenAvailable available, ILogger<MigrateAtStart> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => available.RunAsync("migration", async stop =>
    {
        await migrator.MigrateOnceAsync(source, stop);
        await using var connection = await source.OpenConnectionAsync(stop);
        var server = await DatabaseServer.AskAsync(connection, stop);
        var isNative = await TimeSpans.IsNativeAsync(connection, TimeTable.CandlesMinute, stop);
        LogServer(server, isNative ? "native partitions" : "hypertables");
    }, stoppingToken);

    [LoggerMessage(6011, LogLevel.Information, "The database runs on {Server}; tables by time are {Kind}")]
    private partial void LogServer(DatabaseServer server, string kind);
}
