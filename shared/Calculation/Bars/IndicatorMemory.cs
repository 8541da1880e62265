using CryptoScreener.Calculation.Planning;
using CryptoScreener.Calculation.Snapshots;
using CryptoScreener.Indicators;

namespace CryptoScreener.Calculation.Bars;

/// <summary>What all indicators of one timeframe remember after some bar, in one array.</summary>
internal sealed class IndicatorMemory(TimeframePlan plan)
{
    private readonly double[] _values = new double[plan.MemorySize];
    private long _bar;
    private long _run;

    /// <summary>Number of the last bar that is in it.</summary>
    internal long Bar => _bar;

    /// <summary>How many complete bars in a row led up to it. A missing bar ends the run and all memory of it.</summary>
    internal long Run => _run;

    internal void Restart(long before)
    {
        Array.Clear(_values);
        _bar = before;
        _run = 0;
    }

    internal void Advance(in Bar bar)
    {
        if (double.IsNaN(bar.Close))
        {
            Restart(_bar + 1);
            return;
        }

        foreach (ref readonly var slot in plan.Slots.AsSpan())
            slot.Indicator.Commit(_values.AsSpan(slot.MemoryOffset, slot.Indicator.MemorySize), in bar);
        _bar++;
        _run++;
    }

    internal ReadOnlySpan<double> Of(in IndicatorSlot slot) => _values.AsSpan(slot.MemoryOffset, slot.Indicator.MemorySize);

    internal void CopyFrom(IndicatorMemory other)
    {
        other._values.CopyTo(_values, 0);
        _bar = other._bar;
        _run = other._run;
    }

    internal void Transfer(ISnapshot snapshot)
    {
        snapshot.Value(ref _bar);
        snapshot.Value(ref _run);
        snapshot.Values<double>(_values);
    }
}
