namespace CryptoScreener.Indicators;

internal static class MacdKernel
{
    internal static double Line(double fast, double slow) => fast - slow;

    internal static double Histogram(double line, double signal) => line - signal;
}
