namespace CryptoScreener.Indicators;

internal static class RsiKernel
{
    internal static double Gain(double previous, double close) => close > previous ? close - previous : 0;

    internal static double Loss(double previous, double close) => close < previous ? previous - close : 0;

    /// <summary>A price that did not move at all is neither strong nor weak: 50.</summary>
    internal static double Index(double averageGain, double averageLoss)
    {
        if (averageLoss == 0) return averageGain == 0 ? 50 : 100;
        return 100 - (100 / (1 + (averageGain / averageLoss)));
    }
}
