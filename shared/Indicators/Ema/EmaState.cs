namespace CryptoScreener.Indicators;

/// <summary>Begins with the plain mean of the first N values; zero-initialised is "nothing yet".</summary>
internal struct EmaState
{
    private double _value;
    private long _count;

    internal readonly double Value => _value;

    internal readonly bool IsReady(int period) => _count >= period;

    internal void Commit(double value, int period)
    {
        if (_count < period)
        {
            _value += value;
            if (++_count == period) _value /= period;
            return;
        }

        _value = EmaKernel.Step(_value, value, EmaKernel.Factor(period));
    }
}
