using CryptoScreener.Storage.Connections;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Storage.Ownership;

/// <summary>The loop of one worker over one kind of partitions. Only the loop touches its state.</summary>
internal sealed partial class LeaseRun(
    LeaseStore store, LeaseOptions options, Func<PartitionLease, CancellationToken, Task> hold, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<int, HeldPartition> _held = [];
    private bool _declared;
    private bool _away;
    private long? _outageEnded; // while that is young, expired leases are left to their owners

    internal async Task BeatUntilAsync(CancellationToken stop)
    {
        while (true)
        {
            await ThrowIfWorkFailedAsync(); // not below: what work threw is no outage, whatever it looks like
            try
            {
                await BeatAsync(stop);
                Reached();
            }
            catch (Exception e) when (DatabaseErrors.IsUnavailable(e) && !stop.IsCancellationRequested)
            {
                Unreached(e);
            }

            await Task.Delay(options.Heartbeat, time, stop);
        }
    }

    /// <summary>Ends all work and waits for it.</summary>
    internal async Task EndAllAsync()
    {
        foreach (var held in _held.Values) held.End();
        foreach (var held in _held.Values) await held.Work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Gives back the partitions whose work has ended.</summary>
    internal async Task GiveBackEndedAsync(CancellationToken stop)
    {
        var ended = _held.Values.Where(held => held.Work.IsCompleted).ToList();
        if (ended.Count == 0) return;
        await store.GiveBackAsync(options, [.. ended.Select(held => held.Lease)], stop);
        foreach (var held in ended)
        {
            _held.Remove(held.Lease.Partition);
            held.Dispose();
            LogEnded(options.Kind, held.Lease.Partition, held.Lease.Epoch, held.IsLost ? "lost" : "given back");
        }
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        if (!_declared) await store.DeclareAsync(options.Kind, options.Partitions, stop);
        _declared = true;
        await GiveBackEndedAsync(stop);

        var beat = await store.BeatAsync(options, stop);
        var owned = beat.Owned.ToDictionary(lease => lease.Partition);
        EndWhatIsLost(owned);
        Acquire(beat.Owned); // what an earlier attempt took without hearing the answer

        var share = beat.ShareOf(options.Owner, options.Partitions);
        var active = _held.Values.Count(held => !held.IsEnding);
        if (active > share) EndSome(active - share);
        else if (active < share)
            Acquire(await store.TakeAsync(options, share - active, MayTakeExpired(), _held.Keys, stop));
    }

    private void Acquire(IEnumerable<PartitionLease> leases)
    {
        foreach (var lease in leases)
        {
            if (_held.ContainsKey(lease.Partition)) continue;
            _held[lease.Partition] = new HeldPartition(lease, hold);
            LogAcquired(options.Kind, lease.Partition, lease.Epoch);
        }
    }

    private void EndWhatIsLost(Dictionary<int, PartitionLease> owned)
    {
        foreach (var held in _held.Values)
        {
            if (owned.TryGetValue(held.Lease.Partition, out var lease) && lease.Epoch == held.Lease.Epoch) continue;
            held.IsLost = true;
            held.End();
        }
    }

    // The highest numbers, so that all workers shed and take in the same places as rarely as possible.
    private void EndSome(int count)
    {
        foreach (var held in _held.Values.Where(held => !held.IsEnding).OrderByDescending(held => held.Lease.Partition).Take(count)) held.End();
    }

    private async Task ThrowIfWorkFailedAsync()
    {
        foreach (var held in _held.Values.Where(held => held.Work.IsFaulted))
        {
            try
            {
                await held.Work;
            }
            catch (LeaseLostException)
            {
                held.IsLost = true;
            }
            catch (OperationCanceledException) when (held.IsEnding)
            {
                // It was told to end.
            }
        }
    }

    // After an outage everybody's leases have expired; whoever comes back first must not rob those who come second.
    private bool MayTakeExpired() =>
        !_away && (_outageEnded is not { } since || time.GetElapsedTime(since) > options.TimeToLive);

    private void Reached()
    {
        if (!_away) return;
        _away = false;
        _outageEnded = time.GetTimestamp();
        LogReached(options.Kind);
    }

    private void Unreached(Exception error)
    {
        if (!_away) LogUnreached(options.Kind, _held.Count, error);
        _away = true;
    }

    [LoggerMessage(6101, LogLevel.Information, "Acquired {Kind} partition {Partition} with epoch {Epoch}")]
    private partial void LogAcquired(string kind, int partition, long epoch);

    [LoggerMessage(6102, LogLevel.Information, "Left {Kind} partition {Partition} of epoch {Epoch}: {Reason}")]
    private partial void LogEnded(string kind, int partition, long epoch, string reason);

    [LoggerMessage(6103, LogLevel.Warning, "PostgreSQL is not available; work on {Held} {Kind} partitions goes on, none is taken over")]
    private partial void LogUnreached(string kind, int held, Exception error);

    [LoggerMessage(6104, LogLevel.Information, "PostgreSQL is available again; {Kind} leases are renewed")]
    private partial void LogReached(string kind);
}
