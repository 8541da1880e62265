using NATS.Client.Core;

namespace NATS.Client.JetStream.Internal;

/// <summary>Asks for more, and notices when a pull is over that the server has not ended.</summary>
internal sealed partial class ConsumeSubscription<T>
{
    private void Pull(PullSize? size)
    {
        // Disconnected, it would wait and then be one too many: the reconnect begins anew.
        if (size is { } pull && Connection.IsOpen)
            _ = PullSafelyAsync(pull);
        if (size is not null)
            LookAgain();
    }

    private void OnOverdue()
    {
        if (IsEnded)
            return;
        if (_window.Overdue() is { } next)
            Pull(next);
        else
            LookAgain();
    }

    private void LookAgain()
    {
        if (!IsEnded && _window.NextLook is { } wait)
            _overdue.Change(wait, Timeout.InfiniteTimeSpan);
    }

    // A pull that cannot be sent is repeated after the reconnect or the missed heartbeat.
    private async Task PullSafelyAsync(PullSize size)
    {
        try
        {
            await PullAsync(size, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or ObjectDisposedException or OperationCanceledException)
        {
            if (Connection.IsDisposed || Connection.ConnectionState == NatsConnectionState.Failed)
                Fail(e);
        }
    }
}
