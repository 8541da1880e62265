using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.Calculation.Planning;

/// <summary>What is calculated on the bars of one timeframe.</summary>
internal sealed class TimeframePlan
{
    /// <summary>
    /// How late a minute may come and still reach the indicators. Longer holes are repaired from storage: keeping more would
    /// cost every instrument memory for what happens after an outage.
    /// </summary>
    internal const int RevisableMinutes = 120;

    internal TimeframePlan(Timeframe timeframe, IEnumerable<(Indicator Indicator, int Column)> indicators)
    {
        Timeframe = timeframe;
        var slots = new List<IndicatorSlot>();
        foreach (var (indicator, column) in indicators)
        {
            slots.Add(new IndicatorSlot(indicator, indicator.WarmUp, MemorySize, PreparedSize, column));
            MemorySize += indicator.MemorySize;
            PreparedSize += indicator.PreparedSize;
            Lookback = Lookback.Or(indicator.Lookback);
        }

        Slots = [.. slots];
    }

    internal Timeframe Timeframe { get; }

    internal IndicatorSlot[] Slots { get; }

    internal Lookback Lookback { get; } = new(Close: UniverseMetric.Returns + 1);

    internal int MemorySize { get; }

    internal int PreparedSize { get; }

    internal int RevisableBars => ((RevisableMinutes + Timeframe.Minutes - 1) / Timeframe.Minutes) + 1;
}
