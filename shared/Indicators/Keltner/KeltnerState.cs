namespace CryptoScreener.Indicators;

internal struct KeltnerState
{
    private EmaState _average;
    private AtrState _range;

    internal void Commit(in Bar bar, int period, int atrPeriod)
    {
        _average.Commit(bar.Close, period);
        _range.Commit(in bar, atrPeriod);
    }

    internal readonly (double Upper, double Middle, double Lower) Value(double multiplier) =>
        KeltnerKernel.Channel(_average.Value, _range.Value, multiplier);
}
