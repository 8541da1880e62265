using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.MetricsCalculator.Universe;

/// <summary>
/// Collects the closed frames of one exchange, whoever calculated them, until the marks of all partitions say that a
/// minute is complete. What a set holds follows from the stream's order alone, so every reader of it finds the same.
/// </summary>
internal sealed class ExchangeMinutes(CalculationPlan plan, int partitions)
{
    /// <summary>Minutes that wait for a partition nobody calculates; a set of 800 instruments is 200 KB.</summary>
    private const int MostPending = 64;

    private readonly SortedDictionary<long, Pending> _pending = [];
    private readonly UniverseRanks _ranks = new(plan);
    private long _completeFrom = long.MinValue;
    private long _done = long.MinValue;

    private sealed class Pending
    {
        public Dictionary<InstrumentId, double[]> Ranked { get; } = [];

        public HashSet<int> Marked { get; } = [];
    }

    /// <summary>Reading began in the middle of a stream: the first minute met may lack frames that lie before.</summary>
    public void BeganAt(long minute) => _completeFrom = minute + 1;

    public void Add(InstrumentId id, long minute, ReadOnlySpan<double> frame)
    {
        if (Of(minute) is not { } pending) return;
        if (!pending.Ranked.TryGetValue(id, out var ranked)) pending.Ranked[id] = ranked = new double[plan.Universe.Ranked.Length];
        for (var i = 0; i < ranked.Length; i++) ranked[i] = frame[plan.Universe.Ranked[i]];
    }

    /// <summary>True when this was the last mark the minute waited for; earlier minutes that lack one are given up.</summary>
    public bool Mark(int partition, long minute)
    {
        if (Of(minute) is not { } pending) return false;
        pending.Marked.Add(partition);
        return pending.Marked.Count == partitions;
    }

    /// <summary>The ranks of a minute whose last mark has come.</summary>
    public Dictionary<InstrumentId, double[]> Take(long minute)
    {
        var ranked = _pending[minute].Ranked;
        var ranks = ranked.ToDictionary(entry => entry.Key, _ => new double[plan.Universe.Ranked.Length]);
        _ranks.Rank(ranked.Values.ToArray(), ranked.Keys.Select(id => ranks[id]).ToArray());
        _done = minute;
        foreach (var past in _pending.Keys.TakeWhile(m => m <= minute).ToArray()) _pending.Remove(past);
        return ranks;
    }

    private Pending? Of(long minute)
    {
        if (minute <= _done || minute < _completeFrom) return null;
        if (_pending.TryGetValue(minute, out var known)) return known;
        if (_pending.Count == MostPending)
        {
            var oldest = _pending.Keys.First();
            if (minute < oldest) return null;
            _pending.Remove(oldest);
        }

        return _pending[minute] = new Pending();
    }
}
