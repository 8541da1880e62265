namespace CryptoScreener.Messaging;

/// <summary>
/// Makes a few lines of a failure that repeats: the first is told, then one every half minute, then that it is over.
/// An attempt is made every second or faster, and a log that says so each time hides everything else in it.
/// </summary>
internal sealed class Outage(TimeProvider time)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private bool _lasts;
    private bool _isTold;
    private long _began;
    private long? _told;

    /// <summary>An attempt has failed; true when that is to be told.</summary>
    public bool IsNews()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (!_lasts) (_lasts, _isTold, _began) = (true, false, now);
            // What fails and works in turns would tell both each time: the silence outlives the outage.
            if (_told is { } told && time.GetElapsedTime(told, now) < Silence) return false;
            (_isTold, _told) = (true, now);
            return true;
        }
    }

    /// <summary>An attempt has succeeded; true when it ends what was told to have failed.</summary>
    public bool IsOver(out TimeSpan lasted)
    {
        lasted = default;
        if (!Volatile.Read(ref _lasts)) return false;
        lock (_gate)
        {
            if (!_lasts) return false;
            _lasts = false;
            lasted = time.GetElapsedTime(_began);
            return _isTold;
        }
    }
}
