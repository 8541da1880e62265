namespace CryptoScreener.Indicators;

internal struct ReturnZScoreState
{
    private EwmaState _returns;
    private double _close;

    internal readonly double Score => _returns.Score;

    internal void Commit(double close, int period)
    {
        if (_close > 0) _returns.Commit(ReturnKernel.Of(_close, close), period);
        _close = close;
    }
}
