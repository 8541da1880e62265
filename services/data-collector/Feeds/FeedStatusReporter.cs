using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.DataCollector.Gaps;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>Publishes every few seconds how the feed of one exchange does.</summary>
internal sealed class FeedStatusReporter(
    IExchange exchange, FeedPublisher feed, FeedConnections connections, RestHealth rest, GapLedger gaps, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private long _lastHeard;
    private long _followedSince;
    private int _instruments;

    /// <summary>How many are followed now.</summary>
    public int Instruments
    {
        get => Volatile.Read(ref _instruments);
        set
        {
            if (_instruments == 0) Volatile.Write(ref _followedSince, time.GetTimestamp());
            Volatile.Write(ref _instruments, value);
        }
    }

    /// <summary>
    /// How long nothing was heard, also when nothing ever was: sockets that open and deliver nothing are as silent as those that fell
    /// silent. Zero while we follow nothing.
    /// </summary>
    public TimeSpan Silence => Instruments == 0
        ? TimeSpan.Zero
        : time.GetElapsedTime(Math.Max(Volatile.Read(ref _lastHeard), Volatile.Read(ref _followedSince)));

    /// <summary>Called for every candle: a plain write.</summary>
    public void Heard() => Volatile.Write(ref _lastHeard, time.GetTimestamp());

    public async Task RunAsync(ExchangeClock clock, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stop))
            await feed.SayAsync(exchange.Name, FeedKinds.Status, StatusNow(clock), ContractsJson.Default.FeedStatus, stop);
    }

    private FeedStatus StatusNow(ExchangeClock clock)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var silence = Silence;
        var (expected, open) = (connections.Expected, connections.Open);
        var state = FeedHealth.StateOf(Instruments, Volatile.Read(ref _lastHeard) != 0, silence, open);
        return new FeedStatus(
            exchange.Name,
            state,
            exchange.IsSimulated,
            Instruments,
            open,
            Math.Round(silence.TotalSeconds, 3),
            clock.Ahead,
            now,
            FeedHealth.Explain(state, expected, open, gaps.Count, rest.Circuit.State),
            expected,
            gaps.Count,
            rest.ResponseMs is { } ms ? Math.Round(ms, 1) : null,
            rest.ErrorRate is { } rate ? Math.Round(rate, 3) : null);
    }
}
