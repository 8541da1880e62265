using CryptoScreener.Calculation.Planning;

namespace CryptoScreener.Calculation.Bars;

/// <summary>What the indicators of one timeframe sum up of the closed bars: worked out once per bar, when a frame is due.</summary>
internal sealed class PreparedValues(TimeframePlan plan)
{
    private const long Nothing = long.MinValue;
    private readonly double[] _values = new double[plan.PreparedSize];
    private long _bar = Nothing;

    internal void Forget() => _bar = Nothing;

    internal void For(IndicatorMemory memory, in Indicators.Bars closed)
    {
        if (_bar == memory.Bar) return;
        foreach (ref readonly var slot in plan.Slots.AsSpan())
            if (memory.Run + 1 >= slot.WarmUp)
                slot.Indicator.Prepare(in closed, _values.AsSpan(slot.PreparedOffset, slot.Indicator.PreparedSize));
        _bar = memory.Bar;
    }

    internal ReadOnlySpan<double> Of(in IndicatorSlot slot) => _values.AsSpan(slot.PreparedOffset, slot.Indicator.PreparedSize);
}
