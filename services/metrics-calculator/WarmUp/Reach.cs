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
}
