namespace CryptoScreener.Indicators;

internal struct NatrState
{
    private AtrState _atr;

    internal void Commit(in Bar bar, int period) => _atr.Commit(in bar, period);

    internal readonly double Value(double close) => NatrKernel.Percent(_atr.Value, close);
}
