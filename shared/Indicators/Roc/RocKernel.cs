namespace CryptoScreener.Indicators;

internal static class RocKernel
{
    internal static double Percent(double before, double close) => (close - before) / before * 100;
}
