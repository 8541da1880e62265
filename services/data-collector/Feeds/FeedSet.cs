using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>
/// The sockets of one exchange. A change of what we follow opens the new sockets first and closes the old ones when the
/// new ones deliver, so nothing is missed; what both carry the gate takes once.
/// </summary>
internal sealed class FeedSet(
    IExchange exchange, ExchangeLane lane, FeedConnections connections, CollectorOptions options, FeedMetrics metrics, TimeProvider time, ILogger<FeedSet> logger)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);
    private volatile Generation? _current;
    private int _next;

    public IReadOnlyList<FeedSocket> Sockets => _current?.Sockets ?? [];

    public async Task FollowAsync(IReadOnlyList<FollowedInstrument> instruments, CancellationToken stop)
    {
        var old = _current;
        var opened = Open(instruments, stop);
        _current = opened;
        if (old is null) return;
        try
        {
            await Task.WhenAll(opened.Sockets.Select(s => s.Delivering)).WaitAsync(Overlap, time, stop);
            await Task.Delay(FeedSocket.HandOver, time, stop);
        }
        catch (TimeoutException)
        {
            // nothing trades, or the exchange refuses new sockets at the moment: they keep trying; the old ones would carry what we no longer own
        }

        await old.CloseAsync();
        // One that delivered and was lost meanwhile tells nothing either, and the old one told its instruments' forming candles again.
        foreach (var late in opened.Sockets.Where(s => !s.IsDelivering)) await lane.InterruptAsync(late.Instruments, stop);
    }

    public async Task CloseAsync()
    {
        if (_current is { } current) await current.CloseAsync();
    }

    private Generation Open(IReadOnlyList<FollowedInstrument> instruments, CancellationToken stop)
    {
        var closing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sockets = instruments.Chunk(exchange.InstrumentsPerSocket).Select(chunk => new FeedSocket(ContextOf(chunk))).ToList();
        return new Generation(closing, sockets, [.. sockets.Select(s => s.RunAsync(closing.Token))]);
    }

    private FeedSocketContext ContextOf(FollowedInstrument[] chunk) => new(
        ++_next,
        exchange,
        chunk,
        new SymbolLookup(chunk),
        lane,
        connections,
        TimeSpan.FromMilliseconds(options.SilenceLimitMs),
        TimeSpan.FromMinutes(options.RotateAfterMinutes) * Spread(),
        metrics,
        time,
        logger);

    /// <summary>Sockets that were opened together are not replaced together.</summary>
    private static double Spread() => 0.9 + (Random.Shared.NextDouble() * 0.1);

    private sealed record Generation(CancellationTokenSource Closing, IReadOnlyList<FeedSocket> Sockets, IReadOnlyList<Task> Running)
    {
        public async Task CloseAsync()
        {
            await Closing.CancelAsync();
            await Task.WhenAll(Running);
            Closing.Dispose();
        }
    }
}
