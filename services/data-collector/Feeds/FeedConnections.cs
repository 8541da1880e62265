using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Limits;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>Counts the sockets of one exchange, those that are open and those that should be, and paces their opening.</summary>
internal sealed class FeedConnections(IExchange exchange, FeedMetrics metrics, TimeProvider time)
{
    // Two windows that touch may both be used up within one span of the exchange, so each gets half.
    private readonly WeightBudget _pace = new(Math.Max(1, exchange.ConnectionLimit.Count / 2), time, (long)exchange.ConnectionLimit.Span.TotalMilliseconds);
    private int _expected;
    private int _open;

    public int Expected => Volatile.Read(ref _expected);

    public int Open => Volatile.Read(ref _open);

    /// <summary>Waits until another socket may be opened.</summary>
    public Task TurnAsync(CancellationToken stop) => _pace.SpendAsync(1, stop);

    public void Expect(int change)
    {
        Interlocked.Add(ref _expected, change);
        metrics.Expected(change, exchange.Name);
    }

    public void Opened(int change)
    {
        Interlocked.Add(ref _open, change);
        metrics.Open(change, exchange.Name);
    }
}
