using System.Threading.Tasks.Sources;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal;

/// <summary>One request that waits for its reply. Whoever takes it out of the <see cref="ReplyTable"/> completes it.</summary>
internal abstract class ReplySlot
{
    public long Deadline { get; set; }

    public abstract void Complete(in InboundMessage reply);

    public abstract void Fail(Exception error);
}

internal abstract class ReplySlot<TResult> : ReplySlot, IValueTaskSource<TResult>
{
    private ManualResetValueTaskSourceCore<TResult> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private ReplyTable? _table;
    private long _token;

    public long Token => _token;

    public short Version => _core.Version;

    public ValueTask<TResult> Task => new(this, _core.Version);

    public void Start(ReplyTable table, TimeSpan timeout)
    {
        _table = table;
        _token = table.Add(this, timeout);
    }

    public void CancelWith(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((ReplySlot<TResult>)state!).Cancel(token), this);
    }

    /// <summary>Nobody will ask for the result any more.</summary>
    public void Abandon() => _table!.TryTake(_token, out _);

    public sealed override void Complete(in InboundMessage reply)
    {
        try
        {
            _core.SetResult(Read(reply));
        }
        catch (Exception e)
        {
            // Whatever a reply holds, its caller must hear of it, and the connection's reader must not end for it.
            _core.SetException(e as NatsException ?? new NatsException("The reply cannot be read", e));
        }
    }

    public sealed override void Fail(Exception error) => _core.SetException(error);

    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        var cancellation = _cancellation;
        _cancellation = default;
        cancellation.Dispose();
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Recycle();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    protected abstract TResult Read(in InboundMessage reply);

    protected abstract void Recycle();

    private void Cancel(CancellationToken cancellationToken)
    {
        if (_table!.TryTake(_token, out _))
            _core.SetException(new OperationCanceledException(cancellationToken));
    }
}
