using System.Collections.Concurrent;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Ownership;

public sealed class LeaseTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Partitions = 16;

    [Fact]
    public async Task Workers_share_the_partitions_fairly_and_the_last_one_has_them_all()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var workers = Enumerable.Range(1, 3).Select(i => new Worker(storage, $"worker-{i}")).ToList();
        await Eventually.TrueAsync(() => workers.Select(worker => worker.Held.Count).SequenceEqual([6, 5, 5]), "three workers hold 6, 5 and 5");
        Assert.Equal(Enumerable.Range(0, Partitions), workers.SelectMany(worker => worker.Held.Keys).Order());

        await workers[0].StopAsync();
        await Eventually.TrueAsync(() => workers[1].Held.Count == 8 && workers[2].Held.Count == 8, "two workers hold 8 each");
        await workers[1].StopAsync();
        await Eventually.TrueAsync(() => workers[2].Held.Count == Partitions, "one worker holds all");
        await workers[2].StopAsync();
        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT count(*) FROM leases WHERE owner IS NOT NULL"));
        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT count(*) FROM lease_workers"));
    }

    [Fact]
    public async Task A_partition_never_has_two_workers_while_it_moves_and_its_epoch_grows()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        using var first = new Worker(storage, "first");
        await Eventually.TrueAsync(() => first.Held.Count == Partitions, "the only worker holds all");
        var epochs = first.Held.ToDictionary();

        using var second = new Worker(storage, "second");
        await Eventually.TrueAsync(() => second.Held.Count == Partitions / 2, "the second holds half");

        Assert.Empty(first.Held.Keys.Intersect(second.Held.Keys));
        Assert.All(second.Held, held => Assert.Equal(epochs[held.Key] + 1, held.Value));
        Assert.All(first.Held, held => Assert.Equal(epochs[held.Key], held.Value));
        await first.StopAsync();
        await second.StopAsync();
    }

    [Fact]
    public async Task A_silent_worker_loses_its_partitions_and_learns_it_when_it_wakes_up()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        using var worker = new Worker(storage, "worker");
        await Eventually.TrueAsync(() => worker.Held.Count == Partitions, "the worker holds all");

        // What another worker's take-over does to the table.
        await storage.ExecuteAsync("UPDATE leases SET owner = 'thief', epoch = epoch + 1, expires_at = now() + interval '1 hour' WHERE partition < 4");

        await Eventually.TrueAsync(() => worker.Held.Keys.Order().SequenceEqual(Enumerable.Range(4, Partitions - 4)), "four are lost");
        await worker.StopAsync();
    }

    [Fact]
    public async Task Leases_that_expired_while_the_server_was_down_are_left_to_their_owners_for_a_while()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = new LeaseStore(storage.Get<Database>());
        var options = Options("newcomer");
        await store.DeclareAsync(options.Kind, Partitions, CancellationToken.None);
        await storage.ExecuteAsync("UPDATE leases SET owner = 'incumbent', epoch = 5, expires_at = '-infinity' WHERE partition > 0");

        // The server has not been up for a day, so for leases of a day it has just started.
        var day = options with { TimeToLive = TimeSpan.FromDays(1) };
        Assert.Equal([0], (await store.TakeAsync(day, Partitions, alsoExpired: true, [], CancellationToken.None)).Select(lease => lease.Partition));

        var moment = options with { TimeToLive = TimeSpan.FromMilliseconds(1) };
        Assert.Equal([7], (await store.TakeAsync(moment, 1, alsoExpired: true, [1, 2, 3, 4, 5, 6], CancellationToken.None)).Select(lease => lease.Partition));
        Assert.Empty(await store.TakeAsync(moment, 1, alsoExpired: false, [0, 7], CancellationToken.None));
    }

    [Fact]
    public async Task Work_that_fails_ends_the_worker_with_its_error()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var run = storage.Get<PartitionLeases>().RunAsync(
            Options("worker"), (lease, _) => lease.Partition == 3 ? throw new InvalidDataException("broken") : Task.CompletedTask, CancellationToken.None);
        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidDataException>(() => run)).Message);
        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT count(*) FROM leases WHERE owner IS NOT NULL"));
    }

    [Fact]
    public async Task Another_number_of_partitions_than_the_deployment_has_is_refused()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        using var worker = new Worker(storage, "worker");
        await Eventually.TrueAsync(() => worker.Held.Count == Partitions, "the worker holds all");
        await worker.StopAsync();

        var error = await Assert.ThrowsAsync<StorageException>(() => storage.Get<PartitionLeases>().RunAsync(
            Options("worker") with { Partitions = 8 }, (_, _) => Task.CompletedTask, CancellationToken.None));
        Assert.Contains("set it back to 16", error.Message, StringComparison.Ordinal);
    }

    private static LeaseOptions Options(string owner) => new("test", owner, Partitions) { TimeToLive = TimeSpan.FromSeconds(2) };

    private sealed class Worker : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        internal Worker(TestStorage storage, string owner) =>
            _run = storage.Get<PartitionLeases>().RunAsync(Options(owner), HoldAsync, _stop.Token);

        /// <summary>Partition → epoch.</summary>
        internal ConcurrentDictionary<int, long> Held { get; } = new();

        internal async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _run;
            Assert.Empty(Held);
        }

        public void Dispose() => _stop.Dispose();

        private async Task HoldAsync(PartitionLease lease, CancellationToken end)
        {
            Assert.True(Held.TryAdd(lease.Partition, lease.Epoch), $"partition {lease.Partition} is held twice");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end).ContinueWith(_ => Held.TryRemove(lease.Partition, out long _), TaskScheduler.Default);
        }
    }
}
