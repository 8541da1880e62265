namespace CryptoScreener.Indicators;

internal static class EmaKernel
{
    internal static double Factor(int period) => 2.0 / (period + 1);

    internal static double Step(double previous, double value, double factor) => previous + (factor * (value - previous));
}
