using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Benchmarks.Storage;
using CryptoScreener.LocalServers.Stack;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>
/// Each worker killed and started again while the others go on, until it does all of its work again. A worker is ready with the first of its
/// partitions; here all of them count: by the frames on the bus, or, of the engine, whose answers are rare, by the leases that it has taken anew.
/// </summary>
internal static class RestartRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10); // a minute of the market: each partition is heard, and what the restart before has held up is over
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    internal static async Task MeasureAsync(LocalScreener stack, SystemLoad load, BenchReport report)
    {
        await using var services = BenchStorage.On(stack.DatabaseConnection);
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await using var watch = new PartitionWatch(stack.Nats.Url);
        foreach (var worker in stack.Workers)
        {
            await Task.Delay(Settling, TimeProvider.System, CancellationToken.None);
            await UntilAsync(() => Task.FromResult(watch.Partitions > 0), "the calculator tells");
            var before = await EpochsAsync(database, "engine");
            await worker.KillAsync();
            var (started, at) = (Stopwatch.GetTimestamp(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            await worker.StartAsync(CancellationToken.None);
            await SystemStack.ReadyAsync(worker, load);
            var ready = Stopwatch.GetElapsedTime(started);
            await UntilAsync(async () => worker.Name switch
            {
                "data-collector" => watch.NotReceivedSince(at) == 0,
                "metrics-calculator" => watch.NotCalculatedSince(at) == 0,
                "alert-engine" => (await EpochsAsync(database, "engine")).All(lease => lease.Value > before[lease.Key]),
                _ => true, // the gateway has no partitions
            }, $"{worker.Name} serves all partitions again");
            report.Add(new Measured("restart of a worker → ready", $"{worker.Name} after kill -9, under load", ready.TotalSeconds, "s"));
            report.Add(Numbers.Restart.Of($"{worker.Name} after kill -9, under load, {(worker.Name == "api-gateway" ? "ready" : "all partitions served")}", Stopwatch.GetElapsedTime(started).TotalSeconds));
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var end = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            if (end.IsCancellationRequested) throw new TimeoutException($"Still not so after {Patience}: {what}");
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>An epoch grows each time that a partition finds an owner.</summary>
    private static async Task<Dictionary<int, long>> EpochsAsync(NpgsqlDataSource database, string kind)
    {
        await using var command = database.CreateCommand("SELECT partition, epoch FROM leases WHERE kind = $1");
        command.Parameters.Add(new() { Value = kind });
        await using var rows = await command.ExecuteReaderAsync();
        var epochs = new Dictionary<int, long>();
        while (await rows.ReadAsync()) epochs.Add(rows.GetInt32(0), rows.GetInt64(1));
        return epochs;
    }
}
