using CryptoScreener.Calculation.Snapshots;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>
/// Doubles that are short decimals, as prices and volumes from exchanges are, in less memory: whole ticks of a
/// power of ten, which is refined when a value needs it. A tick count divided by its scale is the very double that
/// was stored, or it is not stored so: the first value that does not fit turns the column into plain doubles for good.
/// </summary>
internal sealed class DecimalColumn
{
    // 10^15: beyond it a scale times a price is no longer a whole number that a double holds exactly.
    private const double FinestScale = 1e15;
    private const long ShortLimit = int.MaxValue;
    private const long LongLimit = (1L << 47) - 1;
    private readonly int _length;
    private readonly long _limit;
    private int[]? _ticks;
    private short[]? _upper; // of long ticks the bits above the lower 32
    private double[]? _wide;
    private double _scale = 1;

    /// <param name="length">How many values it holds.</param>
    /// <param name="isLong">Six bytes a value instead of four: fourteen digits, what a price times a quantity has.</param>
    internal DecimalColumn(int length, bool isLong = false)
    {
        (_length, _limit) = (length, isLong ? LongLimit : ShortLimit);
        (_ticks, _upper) = Narrow();
    }

    internal double this[int index]
    {
        get => _ticks is { } ticks ? Value(TicksAt(ticks, index)) : _wide![index];
        set
        {
            if (_ticks is { } ticks && TryStore(ticks, index, value)) return;
            _wide ??= Widen();
            _wide[index] = value;
        }
    }

    private long Unknown => -_limit - 1; // NaN

    internal void Fill(double value)
    {
        for (var i = 0; i < _length; i++) this[i] = value;
    }

    /// <summary>The sum and then, one by one, the values from a place on. NaN from the first that is unknown.</summary>
    internal double AddTo(double sum, int start, int count)
    {
        if (_ticks is not { } ticks)
        {
            foreach (var value in _wide.AsSpan(start, count)) sum += value;
        }
        else if (_upper is null)
        {
            foreach (var tick in ticks.AsSpan(start, count)) sum += tick == int.MinValue ? double.NaN : tick / _scale;
        }
        else
        {
            for (var i = start; i < start + count; i++) sum += Value(TicksAt(ticks, i));
        }

        return sum;
    }

    internal void Transfer(ISnapshot snapshot)
    {
        var wide = _wide is not null;
        snapshot.Value(ref wide);
        snapshot.Value(ref _scale);
        if (wide)
        {
            snapshot.Values<double>(_wide ??= Widen());
            return;
        }

        if (_ticks is null) ((_ticks, _upper), _wide) = (Narrow(), null);
        snapshot.Values<int>(_ticks);
        if (_upper is not null) snapshot.Values<short>(_upper);
    }

    private (int[] Ticks, short[]? Upper) Narrow() => (new int[_length], _limit == LongLimit ? new short[_length] : null);

    private double Value(long ticks) => ticks == Unknown ? double.NaN : ticks / _scale;

    private long TicksAt(int[] ticks, int index) => _upper is { } upper ? ((long)upper[index] << 32) | (uint)ticks[index] : ticks[index];

    private void Put(int[] ticks, int index, long count)
    {
        ticks[index] = unchecked((int)count);
        if (_upper is { } upper) upper[index] = (short)(count >> 32);
    }

    private bool TryStore(int[] ticks, int index, double value)
    {
        if (double.IsNaN(value))
        {
            Put(ticks, index, Unknown);
            return true;
        }

        do
        {
            var count = Math.Round(value * _scale);
            if (Math.Abs(count) > _limit) return false;
            if (count / _scale != value) continue;
            Put(ticks, index, (long)count);
            return true;
        }
        while (TryRefine(ticks));
        return false;
    }

    private bool TryRefine(int[] ticks)
    {
        if (_scale >= FinestScale) return false;
        for (var i = 0; i < ticks.Length; i++)
            if (TicksAt(ticks, i) is var count && count != Unknown && Math.Abs(count) > _limit / 10) return false;
        for (var i = 0; i < ticks.Length; i++)
            if (TicksAt(ticks, i) is var count && count != Unknown) Put(ticks, i, count * 10);
        _scale *= 10;
        return true;
    }

    private double[] Widen()
    {
        var wide = new double[_length];
        for (var i = 0; i < _length; i++) wide[i] = this[i];
        (_ticks, _upper) = (null, null);
        return wide;
    }
}
