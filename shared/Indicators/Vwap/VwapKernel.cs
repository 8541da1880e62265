namespace CryptoScreener.Indicators;

internal static class VwapKernel
{
    private const long DayMs = 86_400_000;

    internal static long SessionOf(long openTime) => openTime / DayMs;

    /// <summary>The typical price of the last bar until something was traded.</summary>
    internal static double Price(double paid, double volume, double typical) => volume > 0 ? paid / volume : typical;
}
