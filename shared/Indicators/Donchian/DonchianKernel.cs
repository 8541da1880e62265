namespace CryptoScreener.Indicators;

internal static class DonchianKernel
{
    internal static (double Upper, double Middle, double Lower) Channel(Extremes range) => (range.High, range.Middle, range.Low);
}
