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

    /// <returns>Whether this attempt is the one that shows whether the endpoint works again.</returns>
    public bool Started()
    {
        if (!IsOpen || _probing) return false;
        _probing = true;
        return true;
    }

    public void Cancelled(bool wasProbe) => _probing &= !wasProbe;

    /// <param name="wasProbe">What <see cref="Started"/> said of this attempt.</param>
    /// <returns>True when this opened or closed it.</returns>
    public bool Ended(bool succeeded, bool wasProbe, DateTimeOffset now)
    {
        var wasOpen = IsOpen;
        _probing &= !wasProbe;
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
