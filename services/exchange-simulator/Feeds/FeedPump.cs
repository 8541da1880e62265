using CryptoScreener.ExchangeSimulator.Faults;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>The one timer behind all venues: begins faults that are due, advances the feeds, looks after the connections.</summary>
internal sealed class FeedPump(IEnumerable<Venue> venues, FaultDispatcher faults, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var started = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                faults.Tick();
                foreach (var venue in venues)
                {
                    venue.Feed.Advance((long)time.GetElapsedTime(started).TotalMilliseconds);
                    venue.Care.Look();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: the sockets say goodbye themselves.
        }
    }
}
