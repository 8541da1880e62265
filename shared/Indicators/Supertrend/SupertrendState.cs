namespace CryptoScreener.Indicators;

internal struct SupertrendState
{
    private AtrState _range;
    private SupertrendBands _bands;

    internal readonly SupertrendBands Value => _bands;

    internal void Commit(in Bar bar, int period, double multiplier)
    {
        _range.Commit(in bar, period);
        if (_range.IsReady(period)) _bands = SupertrendKernel.Step(_bands, bar.High, bar.Low, bar.Close, _range.Value, multiplier);
    }
}
