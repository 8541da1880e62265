namespace CryptoScreener.Rules.Evaluation;

/// <summary>Remembers the last closed frame before the minute at hand, the one that crossings look back at.</summary>
internal sealed class PreviousFrame
{
    private const long None = long.MinValue;

    private double[] _last = [];
    private double[] _before = [];
    private long _lastMinute = None;

    /// <summary>Live news of a minute that is closed, or anything of one before it, comes too late to matter.</summary>
    public bool IsTooLate(long minute, bool isClosed) => minute < _lastMinute || (minute == _lastMinute && !isClosed);

    public ReadOnlySpan<double> Before(long minute) => minute > _lastMinute ? _last : _before;

    public void Close(long minute, ReadOnlySpan<double> frame)
    {
        if (minute > _lastMinute) (_last, _before) = (_before, _last);
        if (_last.Length != frame.Length) _last = new double[frame.Length];
        frame.CopyTo(_last);
        _lastMinute = minute;
    }
}
