using CryptoScreener.Calculation.Snapshots;

namespace CryptoScreener.Calculation.Bars;

/// <summary>
/// One field of the latest bars, oldest first and contiguous, so a kernel gets a plain span. Old bars are dropped a
/// few at a time: moving the rest costs a memory copy every <see cref="Slack"/> bars.
/// </summary>
internal struct BarColumn(int keep)
{
    private const int Slack = 4;
    private readonly double[] _values = new double[keep + Slack];
    private int _count;

    internal void Append(double value)
    {
        if (_count == _values.Length)
        {
            _values.AsSpan(_count - keep, keep).CopyTo(_values);
            _count = keep;
        }

        _values[_count++] = value;
    }

    /// <summary>What is kept of the bars up to the one so many bars before the newest.</summary>
    internal readonly ReadOnlySpan<double> UpTo(int back) => _values.AsSpan(0, Math.Max(0, _count - back));

    internal readonly ref double At(int back) => ref _values[_count - 1 - back];

    internal void Clear() => _count = 0;

    internal void Transfer(ISnapshot snapshot)
    {
        snapshot.Value(ref _count);
        snapshot.Values<double>(_values);
    }
}
