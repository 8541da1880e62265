namespace CryptoScreener.Indicators;

internal struct RsiState
{
    private WilderAverage _gain;
    private WilderAverage _loss;
    private double _close;

    internal readonly double Value => RsiKernel.Index(_gain.Value, _loss.Value);

    internal readonly bool IsReady(int period) => _gain.IsReady(period);

    internal void Commit(double close, int period)
    {
        if (_close > 0) // prices are positive: zero is "no bar before"
        {
            _gain.Add(RsiKernel.Gain(_close, close), period);
            _loss.Add(RsiKernel.Loss(_close, close), period);
        }

        _close = close;
    }
}
