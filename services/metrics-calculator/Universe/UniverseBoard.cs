using System.Collections.Concurrent;

namespace CryptoScreener.MetricsCalculator.Universe;

/// <summary>Where lanes find the complete sets of the latest minutes, and partition readers wait for them.</summary>
internal sealed class UniverseBoard(TimeProvider time)
{
    // Longer than a partition is without an owner after a crash. A set that is later than this is not waited for again
    // until one comes: an exchange of which one partition is not calculated has no ranks, but has its frames in time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, ExchangeSets> _exchanges = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the sets that were there at the start are known.</summary>
    public Task CaughtUp => _caughtUp.Task;

    public void Catch() => _caughtUp.TrySetResult();

    public void Add(string exchange, UniverseSet set) => Of(exchange).Add(set);

    /// <summary>Null when that minute's set is not complete, or long past.</summary>
    public UniverseSet? Find(string exchange, long minute) => _exchanges.TryGetValue(exchange, out var sets) ? sets.Find(minute) : null;

    /// <summary>Returns when the set of a minute is there, or need not be waited for.</summary>
    public async Task WaitAsync(string exchange, long minute, CancellationToken stop)
    {
        var sets = Of(exchange);
        var started = time.GetTimestamp();
        while (true)
        {
            var changed = sets.Changed;
            if (sets.IsStalled || sets.Newest >= minute) return;
            var left = Patience - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) break;
            await Task.WhenAny(changed, Task.Delay(left, time, stop));
            stop.ThrowIfCancellationRequested();
        }

        sets.IsStalled = true;
    }

    private ExchangeSets Of(string exchange) => _exchanges.GetOrAdd(exchange, static _ => new ExchangeSets());
}
