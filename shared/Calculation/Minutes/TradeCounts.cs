using CryptoScreener.Calculation.Snapshots;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>
/// How often an instrument traded in every minute: two bytes each, as few ever trade a thousand times a second, and four
/// from the first minute on that does. Below zero is unknown.
/// </summary>
internal sealed class TradeCounts(int capacity)
{
    private const int Most = ushort.MaxValue - 1;
    private ushort[]? _counts = new ushort[capacity]; // one more than the count; zero is unknown
    private int[]? _wide;

    internal int this[int slot]
    {
        get => _counts is { } counts ? counts[slot] - 1 : _wide![slot];
        set
        {
            if (value > Most) _wide ??= Widen();
            if (_counts is { } counts) counts[slot] = (ushort)(Math.Max(value, -1) + 1);
            else _wide![slot] = Math.Max(value, -1);
        }
    }

    /// <summary>The sum and the counts from a place on; NaN with one that is unknown.</summary>
    internal double AddTo(double sum, int start, int count)
    {
        var total = 0L;
        for (var slot = start; slot < start + count; slot++)
        {
            var trades = this[slot];
            if (trades < 0) return double.NaN;
            total += trades;
        }

        return sum + total; // whole numbers: in whatever order they are added the sum is the same
    }

    internal void Transfer(ISnapshot snapshot)
    {
        var isWide = _wide is not null;
        snapshot.Value(ref isWide);
        if (isWide)
        {
            snapshot.Values<int>(_wide ??= Widen());
            return;
        }

        (_counts, _wide) = (_counts ?? new ushort[capacity], null);
        snapshot.Values<ushort>(_counts);
    }

    private int[] Widen()
    {
        var wide = new int[capacity];
        for (var slot = 0; slot < capacity; slot++) wide[slot] = this[slot];
        _counts = null;
        return wide;
    }
}
