using System.Threading.Tasks.Sources;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>
/// Any number ring, one waits; rings that nobody waited for are one. Unlike a channel of one it allocates nothing and lets the one who
/// rings choose on whose thread the other goes on.
/// </summary>
internal sealed class Doorbell : IValueTaskSource
{
    private const int Quiet = 0;
    private const int Rung = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    /// <summary>One at a time.</summary>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Quiet) == Quiet) return new ValueTask(this, _core.Version);
        Interlocked.Exchange(ref _state, Quiet); // a plain write could come behind the reads of what the one who rang has left
        return ValueTask.CompletedTask;
    }

    /// <param name="here">Whether the one who waits goes on within this call.</param>
    public void Ring(bool here = false)
    {
        while (true)
        {
            switch (Interlocked.CompareExchange(ref _state, Rung, Quiet))
            {
                case Waiting when Interlocked.CompareExchange(ref _state, Quiet, Waiting) == Waiting:
                    _core.RunContinuationsAsynchronously = !here;
                    _core.SetResult(true);
                    return;
                case Quiet or Rung:
                    return;
            }
        }
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
