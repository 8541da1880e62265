using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.MetricsCalculator.WarmUp;

/// <summary>How far back minutes are read.</summary>
internal static class Reach
{
    /// <summary>
    /// Twice the longest window, because its volume ratio looks at the window before it; and no less than a day and its first bar,
    /// because VWAP sums up the day since midnight.
    /// </summary>
    public static long Of(CalculationPlan plan)
    {
        var longest = plan.Timeframes[^1].Milliseconds;
        return Math.Max(2 * longest, Timeframe.OneDay.Milliseconds + longest);
    }

    /// <summary>
    /// The earliest minute that an exchange was marked through. One that is further behind the others than any window reaches was
    /// switched off, or its time is another: for its sake not all are read so far back.
    /// </summary>
    public static long EarliestOf(IReadOnlyDictionary<string, long> markedMinutes, long now)
    {
        var tooEarly = markedMinutes.Values.DefaultIfEmpty(now).Max() - (2 * Timeframe.OneDay.Milliseconds);
        return markedMinutes.Values.Where(minute => minute > tooEarly).Append(now).Min();
    }
}
