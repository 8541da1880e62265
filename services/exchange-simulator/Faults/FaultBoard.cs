using System.Collections.Concurrent;

namespace CryptoScreener.ExchangeSimulator.Faults;

/// <summary>The faults of one venue that last or wait for their moment. Reading costs one look while there are none.</summary>
internal sealed class FaultBoard(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<Active> _active = [];
    private readonly ConcurrentDictionary<FaultKind, int> _strikes = new();
    private volatile bool _isEmpty = true;

    public bool IsEmpty => _isEmpty;

    /// <summary>How often each kind has struck since the start.</summary>
    public IReadOnlyDictionary<FaultKind, int> Strikes => _strikes;

    /// <summary>How far the venue's clock is off now.</summary>
    public long SkewMs => Find(FaultKind.ClockSkew) is { } order ? order.ShiftMs : 0;

    public bool Refuses => Find(FaultKind.Refuse) is not null;

    public FaultOrder[] Orders
    {
        get
        {
            lock (_lock) return [.. _active.Select(a => a.Order)];
        }
    }

    public void Add(FaultOrder order)
    {
        lock (_lock)
        {
            _active.Add(new Active(order, time.GetTimestamp()) { Left = order.Strikes });
            _isEmpty = false;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _active.Clear();
            _isEmpty = true;
        }
    }

    public void Count(FaultKind kind) => _strikes.AddOrUpdate(kind, 1, (_, strikes) => strikes + 1);

    /// <summary>One strike of such a fault, if one is waiting for this instrument.</summary>
    public FaultOrder? Take(FaultKind kind, string? symbol = null)
    {
        if (_isEmpty) return null;
        lock (_lock)
        {
            Expire();
            foreach (var active in _active)
            {
                if (active.Order.Kind != kind || (active.Order.Symbol is { } only && only != symbol)) continue;
                if (--active.Left == 0) Remove(active);
                Count(kind);
                return active.Order;
            }

            return null;
        }
    }

    private FaultOrder? Find(FaultKind kind)
    {
        if (_isEmpty) return null;
        lock (_lock)
        {
            Expire();
            foreach (var active in _active)
                if (active.Order.Kind == kind) return active.Order;
            return null;
        }
    }

    private void Remove(Active active)
    {
        _active.Remove(active);
        _isEmpty = _active.Count == 0;
    }

    private void Expire()
    {
        _active.RemoveAll(a => time.GetElapsedTime(a.Since).TotalSeconds >= a.Order.Lifetime);
        _isEmpty = _active.Count == 0;
    }

    private sealed record Active(FaultOrder Order, long Since)
    {
        public int Left { get; set; }
    }
}
