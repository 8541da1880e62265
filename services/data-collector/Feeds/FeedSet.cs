using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>
/// The sockets of one exchange. A change of what we follow opens the new sockets first and closes the old ones when the
/// new ones are subscribed, so nothing is missed; what both carry the gate takes once.
/// </summary>
internal sealed class FeedSet(
    IExchange exchange, ExchangeLane lane, FeedConnections connections, CollectorMetrics metrics, TimeProvider time, ILogger<FeedSet> logger)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);
    private Generation? _current;
    private int _next;

    public async Task FollowAsync(IReadOnlyList<FollowedInstrument> instruments, CancellationToken stop)
    {
        var old = _current;
        _current = Open(instruments, stop);
        if (old is null) return;
        try
        {
            await _current.AllOpened.WaitAsync(Overlap, time, stop);
        }
        catch (TimeoutException)
        {
            // the exchange refuses new sockets at the moment: they keep trying; the old ones would carry what we no longer own
        }

        await old.CloseAsync();
    }

    public async Task CloseAsync()
    {
        if (_current is { } current) await current.CloseAsync();
    }

    private Generation Open(IReadOnlyList<FollowedInstrument> instruments, CancellationToken stop)
    {
        var closing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sockets = instruments.Chunk(exchange.InstrumentsPerSocket)
            .Select(chunk => new FeedSocket(++_next, exchange, chunk, lane, connections, metrics, time, logger))
            .ToList();
        return new Generation(closing, [.. sockets.Select(s => s.RunAsync(closing.Token))], Task.WhenAll(sockets.Select(s => s.Opened)));
    }

    private sealed record Generation(CancellationTokenSource Closing, IReadOnlyList<Task> Running, Task AllOpened)
    {
        public async Task CloseAsync()
        {
            await Closing.CancelAsync();
            await Task.WhenAll(Running);
            Closing.Dispose();
        }
    }
}
