using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.IntegrationTests.Storage.Ownership;

/// <summary>
/// A table of effects, one row per message of a partition, without any key: a message that took effect twice shows as two rows.
/// </summary>
internal sealed class Effects(TestStorage storage)
{
    internal const string Reader = "effects";
    internal const int Partitions = 6;
    internal const long Messages = 1_200;

    internal Task MakeTableAsync() =>
        storage.ExecuteAsync("CREATE TABLE effects (partition integer NOT NULL, message bigint NOT NULL, owner text NOT NULL, epoch bigint NOT NULL)");

    /// <summary>Works through a partition's messages from where its last owner stopped, in small batches.</summary>
    internal async Task WorkAsync(PartitionLease lease, string owner, CancellationToken end)
    {
        var checkpoints = storage.Get<CheckpointStore>();
        var done = (await checkpoints.AdoptAsync(Reader, lease, end)).Sequence;
        while (!end.IsCancellationRequested && done < Messages)
        {
            var through = Math.Min(done + 1 + (done % 5), Messages);
            await checkpoints.CommitAsync(Reader, lease, new Checkpoint(through, 0), async (transaction, stop) =>
            {
                await using var command = transaction.Connection.Sql("INSERT INTO effects SELECT $1, m, $4, $5 FROM generate_series($2, $3) AS m")
                    .With(lease.Partition).With(done + 1).With(through).With(owner).With(lease.Epoch);
                await command.ExecuteNonQueryAsync(stop);
            }, end);
            done = through;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, end);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end); // an owner of a finished partition keeps it
    }

    internal Task<long> CountAsync() => storage.ScalarAsync<long>("SELECT count(*) FROM effects");

    internal async Task AssertEachTookPlaceOnceAsync()
    {
        Assert.Equal(Partitions * Messages, await storage.ScalarAsync<long>("SELECT count(*) FROM (SELECT DISTINCT partition, message FROM effects) AS d"));
        Assert.Equal(Partitions * Messages, await CountAsync());
    }

    /// <summary>Within a partition no owner wrote after a later one had begun.</summary>
    internal async Task AssertOwnersFollowedEachOtherAsync() => Assert.Equal(0, await storage.ScalarAsync<long>("""
        SELECT count(*) FROM (SELECT epoch < lag(epoch) OVER (PARTITION BY partition ORDER BY message) AS back FROM effects) AS e WHERE back
        """));
}
