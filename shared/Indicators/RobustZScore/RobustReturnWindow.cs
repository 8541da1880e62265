namespace CryptoScreener.Indicators;

internal struct RobustReturnWindow
{
    private RobustBaseline _returns;
    private double _close;

    internal static RobustReturnWindow Prepare(in Bars closed, int period)
    {
        Span<double> returns = stackalloc double[period];
        var closes = closed.Close[^(period + 1)..];
        for (var i = 0; i < period; i++) returns[i] = ReturnKernel.Of(closes[i], closes[i + 1]);
        return new RobustReturnWindow { _returns = RobustKernel.Baseline(returns), _close = closes[^1] };
    }

    internal readonly double Score(double close) => _returns.Score(ReturnKernel.Of(_close, close));
}
