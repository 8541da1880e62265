using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.IntegrationTests.Storage.Ownership;

/// <summary>A worker process that owns partitions and works through them, until its input ends or it is killed.</summary>
internal static class PartitionOwner
{
    internal static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(1);

    internal static async Task<int> RunAsync(string connectionString, string owner)
    {
        await using var storage = new TestStorage(connectionString);
        using var stop = new CancellationTokenSource();
        var options = new LeaseOptions("test", owner, Effects.Partitions) { TimeToLive = TimeToLive };
        var run = RunAsync(storage, options, stop.Token);
        Console.WriteLine("running");
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        await run;
        return 0;
    }

    /// <summary>As a worker does it: an outage of the database is waited for, a lost lease ends the partition's work.</summary>
    internal static Task RunAsync(TestStorage storage, LeaseOptions options, CancellationToken stop)
    {
        var effects = new Effects(storage);
        return storage.Get<PartitionLeases>().RunAsync(
            options,
            (lease, end) => storage.Get<WhenAvailable>().RunAsync("effects", token => effects.WorkAsync(lease, options.Owner, token), end),
            stop);
    }
}
