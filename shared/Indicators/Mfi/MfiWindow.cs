namespace CryptoScreener.Indicators;

internal struct MfiWindow
{
    private double _up;
    private double _down;
    private double _typical;

    internal static MfiWindow Prepare(in Bars closed, int period)
    {
        var last = closed.Last(period);
        var (up, down) = MfiKernel.Between(in last, closed.Volume[^period..]);
        return new MfiWindow { _up = up, _down = down, _typical = last.TypicalPrice(period - 1) };
    }

    internal readonly double Value(in Bar last) => MfiKernel.Index(MfiKernel.With((_up, _down), _typical, last.TypicalPrice, last.Volume));
}
