using System.Collections.Concurrent;

namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>Bars of whole days, computed once. Bounded: when full it starts afresh, which costs time and nothing else.</summary>
internal sealed class DayBars
{
    private const int Capacity = 2_000;
    private readonly ConcurrentDictionary<long, Bar> _bars = new();

    public bool TryGet(long day, out Bar bar) => _bars.TryGetValue(day, out bar);

    public void Keep(long day, in Bar bar)
    {
        if (_bars.Count >= Capacity) _bars.Clear();
        _bars[day] = bar;
    }

    public void Forget() => _bars.Clear();
}
