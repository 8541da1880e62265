namespace CryptoScreener.Indicators;

internal struct WilliamsRWindow
{
    private Extremes _range;

    internal static WilliamsRWindow Prepare(in Bars closed, int period) => new() { _range = Extremes.OfLast(in closed, period - 1) };

    internal readonly double Value(in Bar last) => WilliamsRKernel.Percent(last.Close, _range.With(last.High, last.Low));
}
