namespace CryptoScreener.Indicators;

internal static class VwapKernel
{
    private const long DayMs = 86_400_000;

    /// <summary>Counted from one: zero is before the first bar.</summary>
    internal static long SessionOf(long openTime) => (openTime / DayMs) + 1;

    /// <summary>
    /// What was paid when the first bar of a session comes. Not known, and so neither is anything until midnight, when the series
    /// begins with it somewhere in the day: a part of the day must not pass for the whole.
    /// </summary>
    internal static double PaidBefore(long openTime, bool isFirstBar) => isFirstBar && openTime % DayMs != 0 ? double.NaN : 0;

    /// <summary>The typical price of the last bar until something was traded.</summary>
    internal static double Price(double paid, double volume, double typical) => volume > 0 || double.IsNaN(paid) ? paid / volume : typical;
}
