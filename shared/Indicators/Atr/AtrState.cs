namespace CryptoScreener.Indicators;

internal struct AtrState
{
    private WilderAverage _range;
    private double _close;

    internal readonly double Value => _range.Value;

    internal readonly bool IsReady(int period) => _range.IsReady(period);

    internal void Commit(in Bar bar, int period)
    {
        _range.Add(AtrKernel.TrueRange(bar.High, bar.Low, _close), period);
        _close = bar.Close;
    }
}
