namespace CryptoScreener.Indicators;

internal struct ObvState
{
    private double _balance;
    private double _close;

    internal readonly double Value => _balance;

    internal void Commit(in Bar bar)
    {
        if (_close > 0) _balance = ObvKernel.Step(_balance, _close, bar.Close, bar.Volume);
        _close = bar.Close;
    }
}
