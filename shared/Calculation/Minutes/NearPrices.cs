using CryptoScreener.Calculation.Snapshots;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>
/// The prices of minutes as ticks: the close in four bytes and how far open, high and low lie from it in two each. A tick
/// count divided by the scale is the very double that was stored, otherwise it is not stored here.
/// </summary>
internal sealed class NearPrices(int capacity)
{
    private const double FinestScale = 1e15;
    private readonly int[] _close = new int[capacity];
    private readonly short[] _open = new short[capacity];
    private readonly short[] _high = new short[capacity];
    private readonly short[] _low = new short[capacity];
    private double _scale = 1;

    internal double Open(int slot) => (_close[slot] + _open[slot]) / _scale;

    internal double Close(int slot) => _close[slot] / _scale;

    internal (double Open, double High, double Low, double Close) this[int slot] =>
        (Open(slot), (_close[slot] + _high[slot]) / _scale, (_close[slot] + _low[slot]) / _scale, Close(slot));

    /// <summary>The greatest and the least of so many minutes. Dividing keeps the order, so ticks are compared.</summary>
    internal (double High, double Low) Extremes(int start, int count)
    {
        var close = _close.AsSpan(start, count);
        var high = _high.AsSpan(start, count);
        var low = _low.AsSpan(start, count);
        var (highest, lowest) = (int.MinValue, int.MaxValue);
        for (var i = 0; i < close.Length; i++)
        {
            highest = Math.Max(highest, close[i] + high[i]);
            lowest = Math.Min(lowest, close[i] + low[i]);
        }

        return (highest / _scale, lowest / _scale);
    }

    /// <summary>False when these prices are too long, or too far apart: then they need another place, with all the others.</summary>
    internal bool TryStore(int slot, in (double Open, double High, double Low, double Close) prices)
    {
        do
        {
            if (!InReach(prices.Close)) return false;
            if (!IsWhole(prices.Close) || !IsWhole(prices.Open) || !IsWhole(prices.High) || !IsWhole(prices.Low)) continue;
            var close = Math.Round(prices.Close * _scale);
            var (open, high, low) = (Distance(prices.Open, close), Distance(prices.High, close), Distance(prices.Low, close));
            if (Math.Max(Math.Abs(open), Math.Max(Math.Abs(high), Math.Abs(low))) > short.MaxValue) return false;
            (_close[slot], _open[slot], _high[slot], _low[slot]) = ((int)close, (short)open, (short)high, (short)low);
            return true;
        }
        while (TryRefine());
        return false;
    }

    internal void Transfer(ISnapshot snapshot)
    {
        snapshot.Value(ref _scale);
        snapshot.Values<int>(_close);
        snapshot.Values<short>(_open);
        snapshot.Values<short>(_high);
        snapshot.Values<short>(_low);
    }

    // Room for the distances: the sum of the two must not overflow.
    private bool InReach(double price) => Math.Abs(price * _scale) < int.MaxValue - short.MaxValue;

    private bool IsWhole(double price) => Math.Round(price * _scale) / _scale == price;

    private double Distance(double price, double close) => Math.Round(price * _scale) - close;

    private bool TryRefine()
    {
        if (_scale >= FinestScale) return false;
        for (var i = 0; i < capacity; i++)
        {
            if (Math.Abs((long)_close[i]) > (int.MaxValue - short.MaxValue) / 10) return false;
            if (Math.Max(Math.Abs((int)_open[i]), Math.Max(Math.Abs((int)_high[i]), Math.Abs((int)_low[i]))) > short.MaxValue / 10) return false;
        }

        for (var i = 0; i < capacity; i++)
        {
            _close[i] *= 10;
            _open[i] *= 10;
            _high[i] *= 10;
            _low[i] *= 10;
        }

        _scale *= 10;
        return true;
    }
}
