namespace NATS.Client.JetStream.Internal;

/// <summary>Notices when a server that promised heartbeats has missed two of them.</summary>
internal sealed class Silence : IAsyncDisposable
{
    private readonly TimeSpan _heartbeat;
    private readonly Func<bool> _isExpecting;
    private readonly Action _onSilence;
    private readonly ITimer _timer;
    private long _lastHeard = Environment.TickCount64;

    /// <param name="heartbeat">Zero: none are promised.</param>
    /// <param name="isExpecting">False while nobody has promised to speak; that time does not count.</param>
    public Silence(TimeSpan heartbeat, Func<bool> isExpecting, Action onSilence)
    {
        (_heartbeat, _isExpecting, _onSilence) = (heartbeat, isExpecting, onSilence);
        var period = heartbeat == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : heartbeat / 2;
        _timer = TimeProvider.System.CreateTimer(static self => ((Silence)self!).Check(), this, period, period);
    }

    public void Heard() => Volatile.Write(ref _lastHeard, Environment.TickCount64);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Check()
    {
        if (!_isExpecting())
        {
            Heard();
            return;
        }

        if (Environment.TickCount64 - Volatile.Read(ref _lastHeard) < (_heartbeat * 2).TotalMilliseconds)
            return;
        Heard();
        _onSilence();
    }
}
