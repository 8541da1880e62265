namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>The one timer behind all venues: advances their feeds and looks after their connections.</summary>
internal sealed class FeedPump(IEnumerable<Feed> feeds, ConnectionCare care, TimeProvider time) : BackgroundService
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
                foreach (var feed in feeds) feed.Advance((long)time.GetElapsedTime(started).TotalMilliseconds);
                care.Look();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: the sockets say goodbye themselves.
        }
    }
}
