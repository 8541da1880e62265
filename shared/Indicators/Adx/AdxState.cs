namespace CryptoScreener.Indicators;

internal struct AdxState
{
    private WilderAverage _range;
    private WilderAverage _plus;
    private WilderAverage _minus;
    private WilderAverage _strength;
    private double _high;
    private double _low;
    private double _close;

    internal readonly double Average => _strength.Value;

    internal readonly double Plus => AdxKernel.Direction(_plus.Value, _range.Value);

    internal readonly double Minus => AdxKernel.Direction(_minus.Value, _range.Value);

    internal void Commit(in Bar bar, int period)
    {
        if (_close > 0)
        {
            var (plus, minus) = AdxKernel.Movement(bar.High, bar.Low, _high, _low);
            _range.Add(AtrKernel.TrueRange(bar.High, bar.Low, _close), period);
            _plus.Add(plus, period);
            _minus.Add(minus, period);
            if (_range.IsReady(period)) _strength.Add(AdxKernel.Strength(Plus, Minus), period);
        }

        (_high, _low, _close) = (bar.High, bar.Low, bar.Close);
    }
}
