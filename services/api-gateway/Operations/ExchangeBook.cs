using CryptoScreener.Contracts.Feed;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>What is known of each exchange's feed. Written by the listener, read by requests and the feed channel.</summary>
internal sealed class ExchangeBook(ServiceBook services, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _exchanges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EvaluationGapView> _gaps = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Changes with every word of a collector.</summary>
    public long Version => Volatile.Read(ref _version);

    public void Hear(FeedStatus status)
    {
        lock (_lock)
        {
            if (!_exchanges.TryGetValue(status.Exchange, out var known)) _exchanges[status.Exchange] = known = new Entry();
            known.Availability.Add(status.At, status.State == FeedState.Live);
            if (known.Latest is null || status.At >= known.Latest.At) known.Latest = status;
            _version++;
        }
    }

    public void Hear(EvaluationGapEvent gap)
    {
        lock (_lock)
        {
            _gaps[gap.Exchange] = EvaluationGapView.Of(gap, _gaps.GetValueOrDefault(gap.Exchange));
            _version++;
        }
    }

    public IReadOnlyList<ExchangeHealth> Now()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var alive = services.Alive;
        lock (_lock)
        {
            return
            [
                .. _exchanges
                    .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => ExchangeHealth.Of(entry.Value.Latest!, entry.Value.Availability.At(now), ExchangeReadings.Of(entry.Key, alive), _gaps.GetValueOrDefault(entry.Key), now)),
            ];
        }
    }

    private sealed class Entry
    {
        public Availability Availability { get; } = new();

        public FeedStatus? Latest { get; set; }
    }
}
