namespace CryptoScreener.Indicators;

internal struct BollingerWindow
{
    private Moments _closed;

    internal static BollingerWindow Prepare(in Bars closed, int period) => new() { _closed = Moments.Of(closed.Close[^(period - 1)..]) };

    internal readonly (double Upper, double Middle, double Lower, double Width, double Percent) Value(
        double close, int period, double multiplier)
    {
        var moments = _closed.With(close, period);
        return BollingerKernel.Bands(moments.Mean, moments.Deviation(period), multiplier, close);
    }
}
