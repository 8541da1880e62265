using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>Publishes every few seconds how the feed of one exchange does.</summary>
internal sealed class FeedStatusReporter(IExchange exchange, FeedPublisher feed, TimeProvider time)
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DownAfter = TimeSpan.FromSeconds(60);
    private long _lastHeard;

    public int Instruments { get; set; }

    /// <summary>How long nothing was heard; nothing before the first candle, which readiness watches.</summary>
    public TimeSpan Silence => Volatile.Read(ref _lastHeard) is not 0 and var heard ? time.GetElapsedTime(heard) : TimeSpan.Zero;

    /// <summary>Called for every candle: a plain write.</summary>
    public void Heard() => Volatile.Write(ref _lastHeard, time.GetTimestamp());

    public async Task RunAsync(ExchangeClock clock, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var heard = Volatile.Read(ref _lastHeard);
            var silence = Silence;
            var status = new FeedStatus(
                exchange.Name,
                StateOf(heard, silence),
                exchange.IsSimulated,
                Instruments,
                0,
                Math.Round(silence.TotalSeconds, 3),
                clock.Now == 0 ? 0 : clock.Now - now,
                now);
            await feed.SayAsync(exchange.Name, FeedKinds.Status, status, ContractsJson.Default.FeedStatus, stop);
        }
    }

    private static FeedState StateOf(long heard, TimeSpan silence) => heard == 0
        ? FeedState.Starting
        : silence > DownAfter ? FeedState.Down : silence > StaleAfter ? FeedState.Stale : FeedState.Live;
}
