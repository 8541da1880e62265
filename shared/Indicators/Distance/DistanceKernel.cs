namespace CryptoScreener.Indicators;

internal static class DistanceKernel
{
    /// <summary>Percent from the extremes to the close: never above zero from the high, never below from the low.</summary>
    internal static (double FromHigh, double FromLow) Percent(double close, Extremes range) =>
        ((close - range.High) / range.High * 100, (close - range.Low) / range.Low * 100);
}
