namespace CryptoScreener.Indicators;

internal struct DonchianWindow
{
    private Extremes _range;

    internal static DonchianWindow Prepare(in Bars closed, int period) => new() { _range = Extremes.OfLast(in closed, period - 1) };

    internal readonly (double Upper, double Middle, double Lower) Value(in Bar last) =>
        DonchianKernel.Channel(_range.With(last.High, last.Low));
}
