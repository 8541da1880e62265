namespace CryptoScreener.Indicators;

internal static class NatrKernel
{
    internal static double Percent(double averageTrueRange, double close) => averageTrueRange / close * 100;
}
