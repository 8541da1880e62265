namespace CryptoScreener.Indicators;

internal struct EwmaState
{
    private double _mean;
    private double _variance;
    private double _score;
    private long _count;

    /// <summary>Of the last value, against those before it.</summary>
    internal readonly double Score => _score;

    internal void Commit(double value, int period)
    {
        if (_count++ == 0)
        {
            _mean = value;
            return;
        }

        _score = EwmaKernel.Score(value, _mean, Math.Sqrt(_variance));
        (_mean, _variance) = EwmaKernel.Step(_mean, _variance, value, EmaKernel.Factor(period));
    }
}
