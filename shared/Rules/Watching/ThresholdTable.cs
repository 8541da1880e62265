namespace CryptoScreener.Rules.Watching;

/// <summary>
/// For each slot (a number that rules look at) its thresholds in order. When the number moves, exactly the entries
/// between the old and the new rank have another truth.
/// </summary>
internal sealed class ThresholdTable
{
    private readonly int[] _starts;
    private readonly double[] _thresholds;

    /// <param name="entries">In order of slot, then threshold.</param>
    public ThresholdTable(int slots, ReadOnlySpan<ThresholdEntry> entries)
    {
        _starts = new int[slots + 1];
        _thresholds = new double[entries.Length];
        Targets = new int[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            _starts[entries[i].Slot + 1]++;
            _thresholds[i] = entries[i].Threshold;
            Targets[i] = entries[i].Target;
        }

        for (var slot = 0; slot < slots; slot++) _starts[slot + 1] += _starts[slot];
    }

    /// <summary>What each threshold belongs to.</summary>
    public int[] Targets { get; }

    public int Count => _thresholds.Length;

    public double this[int position] => _thresholds[position];

    public int Start(int slot) => _starts[slot];

    public int End(int slot) => _starts[slot + 1];

    /// <summary>The first position of the slot whose threshold lies above the value.</summary>
    public int Rank(int slot, double value)
    {
        var (low, high) = (_starts[slot], _starts[slot + 1]);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_thresholds[middle] <= value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The entries whose truth changes on the way from one value to another; NaN to or from anything is all of them.</summary>
    public Range Crossed(int slot, double from, double to)
    {
        if (double.IsNaN(from) || double.IsNaN(to)) return Start(slot)..End(slot);
        var (before, after) = (Rank(slot, from), Rank(slot, to));
        return Math.Min(before, after)..Math.Max(before, after);
    }

    /// <summary>Narrows an interval round the value to one in which nothing of this slot is crossed.</summary>
    public void Narrow(int slot, double value, ref double low, ref double high)
    {
        var rank = Rank(slot, value);
        if (rank > _starts[slot]) low = Math.Max(low, _thresholds[rank - 1]);
        if (rank < _starts[slot + 1]) high = Math.Min(high, _thresholds[rank]);
    }
}

internal readonly record struct ThresholdEntry(int Slot, double Threshold, int Target) : IComparable<ThresholdEntry>
{
    public int CompareTo(ThresholdEntry other) => Slot != other.Slot ? Slot.CompareTo(other.Slot) : Threshold.CompareTo(other.Threshold);
}
