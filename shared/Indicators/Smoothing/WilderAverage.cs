namespace CryptoScreener.Indicators;

/// <summary>Wilder's average, begun with the plain mean of the first N values; zero-initialised is "nothing yet".</summary>
internal struct WilderAverage
{
    private double _value;
    private long _count;

    internal readonly double Value => _value;

    internal void Add(double value, int period)
    {
        if (_count < period)
        {
            _value += value;
            if (++_count == period) _value /= period;
            return;
        }

        _value = WilderKernel.Step(_value, value, period);
    }

    internal readonly bool IsReady(int period) => _count >= period;
}
