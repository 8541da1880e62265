namespace CryptoScreener.Indicators;

internal struct WmaWindow
{
    private double _weightedSum;

    internal static WmaWindow Prepare(in Bars closed, int period) =>
        new() { _weightedSum = WmaKernel.WeightedSum(closed.Close[^(period - 1)..]) };

    internal readonly double Value(double close, int period) => WmaKernel.Mean(_weightedSum, close, period);
}
