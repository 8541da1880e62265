using System.Globalization;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Testing;
using NATS.Client.Core;
using StackExchange.Redis;

namespace CryptoScreener.EndToEndTests.Backup;

/// <summary>The rehearsal that an operator should not have to make in an emergency.</summary>
public sealed class BackupTests : IDisposable
{
    private const long Minute = 60_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("screener-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_backed_up_is_back_after_everything_was_lost_and_the_workers_go_on_from_there()
    {
        await using var screener = await RunningScreener.StartAsync(
            ["--instruments", "8"], new Dictionary<string, string> { ["Collector__BackfillHours"] = "1" }, test: "Backup");
        await using var candles = new StoredCandles(screener);
        var from = (await screener.TimeAsync() / Minute * Minute) - (30 * Minute);
        await screener.SetSpeedAsync(20);
        await Eventually.TrueAsync(async () => await candles.NewestCompleteAsync() > from + (34 * Minute), "some minutes were collected");
        await screener.SetSpeedAsync(0);
        foreach (var worker in screener.Stack.Workers) await worker.StopAsync();
        using (var redis = await ConnectionMultiplexer.ConnectAsync(screener.Stack.Redis.Configuration))
            await redis.GetDatabase().HashSetAsync("kept:by:the:test", "answer", 42);

        var before = await KeptState.OfAsync(screener.Stack, candles.Get<Database>());
        Assert.All(["stream CANDLES", "stream METRICS", "table candles_minute"], what => Assert.False(before[what].StartsWith("0 ", StringComparison.Ordinal), $"{what} is empty"));
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "settings")).FullName, "a.conf"), "kept");
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "logs")).FullName, "a.log"), "said");
        await SucceedsAsync(screener.Stack, "backup.sh");
        var (refused, advice) = await RunAsync(screener.Stack, "restore.sh", restore: "");
        Assert.NotEqual(0, refused);
        Assert.Contains("RESTORE=yes", advice, StringComparison.Ordinal);

        await LoseAllAsync(screener.Stack, candles.Get<Database>());
        Assert.NotEqual(before, await KeptState.OfAsync(screener.Stack, candles.Get<Database>()));
        await SucceedsAsync(screener.Stack, "restore.sh");
        await using var restored = new StoredCandles(screener); // the restore ended everybody's sessions
        Assert.Equal(before, await KeptState.OfAsync(screener.Stack, restored.Get<Database>()));

        await SucceedsAsync(screener.Stack, "restore.sh", $"ONLY='configuration logs' RESTORE_INTO={_folder}/back ");
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(_folder, "back", "configuration", "a.conf")));
        Assert.Equal("said", await File.ReadAllTextAsync(Path.Combine(_folder, "back", "logs", "a.log")));
        Assert.Equal(before, await KeptState.OfAsync(screener.Stack, restored.Get<Database>()));

        foreach (var worker in screener.Stack.Workers) await worker.StartAsync(CancellationToken.None);
        await screener.AllReadyAsync();
        await screener.SetSpeedAsync(20);
        var restoredAt = await screener.TimeAsync() / Minute * Minute;
        await Eventually.TrueAsync(async () => await restored.NewestCompleteAsync() > restoredAt, "new minutes are collected after the restore");
        await screener.SetSpeedAsync(0);
        await restored.BecomeTruthAsync(from, await restored.NewestCompleteAsync());
    }

    [Fact]
    public async Task A_damaged_backup_is_told_before_anything_is_touched()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "screener-20260101T000000Z.tar"), "no longer what it was");
        await File.WriteAllTextAsync(Path.Combine(_folder, "screener-20260101T000000Z.tar.sha256"), $"{new string('0', 64)}  screener-20260101T000000Z.tar\n");
        var (code, said) = await ExternalProgram.Bash.RunAsync("deploy/scripts/restore.sh", environment: $"BACKUP_FOLDER={_folder} RESTORE=yes PGHOST=127.0.0.1 PGPORT=1");
        Assert.NotEqual(0, code);
        Assert.Contains("is damaged", said, StringComparison.Ordinal);
    }

    private async Task SucceedsAsync(LocalScreener stack, string script, string settings = "")
    {
        var (code, said) = await RunAsync(stack, script, restore: "yes", settings);
        Assert.True(code == 0, $"{script} ended with {code}: {said}");
    }

    private Task<(int Code, string Said)> RunAsync(LocalScreener stack, string script, string restore, string settings = "")
    {
        var postgres = stack.Postgres.Port.ToString(CultureInfo.InvariantCulture);
        var environment = $"PGHOST=127.0.0.1 PGPORT={postgres} PGUSER=screener PGDATABASE=screener NATS_URL={stack.Nats.Url} REDIS={stack.Redis.Configuration} "
            + $"BACKUP_FOLDER={_folder} BACKUP_ENCRYPT=true BACKUP_PASSPHRASE=rehearsal BACKUP_CONFIGURATION={_folder}/settings BACKUP_LOGS={_folder}/logs RESTORE={restore}";
        return ExternalProgram.Bash.RunAsync($"-c \"{settings}BACKUP_PROGRAM='dotnet {BuiltPrograms.PathOf("Backup")}' deploy/scripts/{script}\"", environment: environment);
    }

    private static async Task LoseAllAsync(LocalScreener stack, Database database)
    {
        await database.RunAsync("lose", async connection =>
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;";
            await command.ExecuteNonQueryAsync();
        }, CancellationToken.None);
        await using var nats = new NatsConnection(new NatsOpts { Url = stack.Nats.Url });
        foreach (var stream in new[] { "CANDLES", "METRICS", "ALERTS", "FEED" }) await nats.RequestAsync<byte[], byte[]>($"$JS.API.STREAM.DELETE.{stream}", []);
        using var redis = await ConnectionMultiplexer.ConnectAsync($"{stack.Redis.Configuration},allowAdmin=true");
        await redis.GetServer(redis.GetEndPoints()[0]).FlushAllDatabasesAsync();
    }
}
