using CryptoScreener.Calculation.Snapshots;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>
/// Doubles that are short decimals, as prices and volumes from exchanges are, in half the memory: whole ticks of a
/// power of ten, which is refined when a value needs it. A tick count divided by its scale is the very double that
/// was stored, or it is not stored so: the first value that does not fit turns the column into plain doubles for good.
/// </summary>
internal sealed class DecimalColumn(int length)
{
    // 10^15: beyond it a scale times a price is no longer a whole number that a double holds exactly.
    private const double FinestScale = 1e15;
    private const int Unknown = int.MinValue; // NaN
    private int[]? _ticks = new int[length];
    private double[]? _wide;
    private double _scale = 1;

    internal double this[int index]
    {
        get => _ticks is { } ticks ? Value(ticks[index]) : _wide![index];
        set
        {
            if (_ticks is { } ticks && TryStore(ticks, index, value)) return;
            _wide ??= Widen();
            _wide[index] = value;
        }
    }

    internal void Transfer(ISnapshot snapshot)
    {
        var wide = _wide is not null;
        snapshot.Value(ref wide);
        snapshot.Value(ref _scale);
        if (wide)
        {
            snapshot.Values<double>(_wide ??= Widen());
        }
        else
        {
            (_ticks, _wide) = (_ticks ?? new int[length], null);
            snapshot.Values<int>(_ticks);
        }
    }

    private double Value(int ticks) => ticks == Unknown ? double.NaN : ticks / _scale;

    private bool TryStore(int[] ticks, int index, double value)
    {
        if (double.IsNaN(value))
        {
            ticks[index] = Unknown;
            return true;
        }

        do
        {
            var count = Math.Round(value * _scale);
            if (Math.Abs(count) > int.MaxValue) return false;
            if (count / _scale != value) continue;
            ticks[index] = (int)count;
            return true;
        }
        while (TryRefine(ticks));
        return false;
    }

    private bool TryRefine(int[] ticks)
    {
        if (_scale >= FinestScale) return false;
        foreach (var count in ticks)
            if (count != Unknown && Math.Abs(count) > int.MaxValue / 10) return false;
        foreach (ref var count in ticks.AsSpan())
            if (count != Unknown) count *= 10;
        _scale *= 10;
        return true;
    }

    private double[] Widen()
    {
        var wide = new double[length];
        for (var i = 0; i < length; i++) wide[i] = this[i];
        _ticks = null;
        return wide;
    }
}
