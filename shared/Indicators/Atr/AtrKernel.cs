namespace CryptoScreener.Indicators;

internal static class AtrKernel
{
    /// <summary>The first bar of a series has no close before it: its true range is high less low.</summary>
    internal static double TrueRange(double high, double low, double previousClose) => previousClose > 0
        ? Math.Max(high, previousClose) - Math.Min(low, previousClose)
        : high - low;
}
