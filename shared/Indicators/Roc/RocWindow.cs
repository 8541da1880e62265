namespace CryptoScreener.Indicators;

internal struct RocWindow
{
    private double _before;

    internal static RocWindow Prepare(in Bars closed, int period) => new() { _before = closed.Close[^period] };

    internal readonly double Value(double close) => RocKernel.Percent(_before, close);
}
