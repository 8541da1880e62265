namespace CryptoScreener.Indicators;

internal struct DistanceWindow
{
    private Extremes _range;

    internal static DistanceWindow Prepare(in Bars closed, int period) => new() { _range = Extremes.OfLast(in closed, period - 1) };

    internal readonly (double FromHigh, double FromLow) Value(in Bar last) =>
        DistanceKernel.Percent(last.Close, _range.With(last.High, last.Low));
}
