namespace CryptoScreener.Indicators;

internal struct StochasticWindow
{
    private Extremes _range;
    private double _rawSum;
    private double _slowSum;

    internal static StochasticWindow Prepare(in Bars closed, int period, int slowing, int smoothing)
    {
        Span<double> raw = stackalloc double[slowing + smoothing - 2];
        for (var i = 0; i < raw.Length; i++)
        {
            var last = closed.High.Length - raw.Length + i;
            var range = Extremes.EndingAt(in closed, last, period);
            raw[i] = StochasticKernel.Position(closed.Close[^(raw.Length - i)], range.Low, range.High);
        }

        Span<double> slow = stackalloc double[smoothing - 1];
        for (var i = 0; i < slow.Length; i++)
            slow[i] = SmaKernel.Mean(SmaKernel.Sum(raw.Slice(i, slowing - 1)), raw[i + slowing - 1], slowing);

        return new StochasticWindow
        {
            _range = Extremes.OfLast(in closed, period - 1),
            _rawSum = SmaKernel.Sum(raw[^(slowing - 1)..]),
            _slowSum = SmaKernel.Sum(slow),
        };
    }

    internal readonly (double K, double D) Value(in Bar last, int slowing, int smoothing)
    {
        var range = _range.With(last.High, last.Low);
        var k = SmaKernel.Mean(_rawSum, StochasticKernel.Position(last.Close, range.Low, range.High), slowing);
        return (k, SmaKernel.Mean(_slowSum, k, smoothing));
    }
}
