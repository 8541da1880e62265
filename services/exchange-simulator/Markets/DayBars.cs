using System.Collections.Concurrent;

namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>
/// Bars of whole days, computed once per revision of the listing. Bounded: when full it starts afresh, which costs time and nothing else.
/// </summary>
internal sealed class DayBars
{
    private const int Capacity = 2_000;
    private readonly ConcurrentDictionary<long, Entry> _bars = new();

    public bool TryGet(long day, int revision, out Bar bar)
    {
        var isKnown = _bars.TryGetValue(day, out var entry) && entry.Revision == revision;
        bar = isKnown ? entry.Bar : default;
        return isKnown;
    }

    public void Keep(long day, int revision, in Bar bar)
    {
        if (_bars.Count >= Capacity) _bars.Clear();
        _bars[day] = new Entry(revision, bar);
    }

    private readonly record struct Entry(int Revision, Bar Bar);
}
