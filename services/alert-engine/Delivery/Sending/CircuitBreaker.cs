namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>
/// Stops asking an endpoint that does not answer: open after some failures in a row, then one attempt at a time, rarer
/// the longer it fails. What is due waits meanwhile and loses no attempt. One writer.
/// </summary>
internal sealed class CircuitBreaker
{
    private const int FailuresToOpen = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private int _failures;
    private TimeSpan _pause;
    private DateTimeOffset _openUntil;
    private bool _probing;

    public bool IsOpen => _failures >= FailuresToOpen;

    /// <summary>How many attempts may start: all, one to see whether it works again, or none.</summary>
    public int Allowed(DateTimeOffset now, int wanted)
    {
        if (!IsOpen) return wanted;
        return _probing || now < _openUntil ? 0 : Math.Min(1, wanted);
    }

    public void Started() => _probing = IsOpen;

    public void Cancelled() => _probing = false;

    /// <returns>True when this opened or closed it.</returns>
    public bool Ended(bool succeeded, DateTimeOffset now)
    {
        var (wasOpen, wasProbe) = (IsOpen, _probing);
        _probing = false;
        if (succeeded)
        {
            (_failures, _pause) = (0, TimeSpan.Zero);
            return wasOpen;
        }

        if (wasOpen && !wasProbe) return false; // it started before: nothing new
        _failures++;
        if (!IsOpen) return false;
        _pause = _pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        _openUntil = now + _pause;
        return !wasOpen;
    }
}
