namespace CryptoScreener.Indicators;

internal struct SmaWindow
{
    private double _sum;

    internal static SmaWindow Prepare(in Bars closed, int period) => new() { _sum = SmaKernel.Sum(closed.Close[^(period - 1)..]) };

    internal readonly double Value(double close, int period) => SmaKernel.Mean(_sum, close, period);
}
