namespace NATS.Client.JetStream.Internal;

/// <summary>
/// Keeps a pull that is answered with its end at once, and the next one by the same again, from going round as fast as the network.
/// </summary>
internal sealed class RestartPace(Action restart)
{
    private static readonly TimeSpan ShortestRound = TimeSpan.FromMilliseconds(250);

    private long _lastRound = Environment.TickCount64 - (long)ShortestRound.TotalMilliseconds;
    private int _isDue;

    /// <summary>For the connection's reader: false when the last round has only just begun.</summary>
    public bool MayGoOn()
    {
        var now = Environment.TickCount64;
        if (now - _lastRound < ShortestRound.TotalMilliseconds)
            return false;
        _lastRound = now;
        return true;
    }

    /// <summary>Restarts after a pause; once, however often it is asked for meanwhile.</summary>
    public void Later()
    {
        if (Interlocked.Exchange(ref _isDue, 1) == 0)
            _ = RestartAfterPauseAsync();
    }

    private async Task RestartAfterPauseAsync()
    {
        await Task.Delay(ShortestRound, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        Volatile.Write(ref _isDue, 0);
        restart();
    }
}
