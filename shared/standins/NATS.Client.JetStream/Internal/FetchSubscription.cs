using NATS.Client.Core;

namespace NATS.Client.JetStream.Internal;

/// <summary>One pull, over when the batch is complete or the server says that no more comes.</summary>
internal sealed class FetchSubscription<T> : JSSubscription<T>
{
    // The server ends the pull; this only guards against one that does not.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ITimer _deadline;
    private long _missing;

    public FetchSubscription(
        NatsJSContext context, string stream, string consumer, INatsDeserialize<T>? deserializer, NatsJSFetchOpts opts)
        : base(context, stream, consumer, context.Nats.NewInbox(), deserializer, PullSettings.From(opts))
    {
        _missing = Settings.MaxMessages;
        _deadline = TimeProvider.System.CreateTimer(
            static self => ((FetchSubscription<T>)self!).End(), this, Settings.Expires + Grace, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        await Connection.AddAsync(this, cancellationToken).ConfigureAwait(false);
        if (!IsEnded)
            await PullAsync(new PullSize(Settings.MaxMessages, Settings.MaxBytes, Subject), cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        await _deadline.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    // The pull went down with the old connection.
    internal override void OnReconnected() => End();

    protected override void OnMessage(JSMsg<T> msg, bool isLate) => _missing--;

    protected override void OnDelivered()
    {
        if (_missing == 0)
            End();
    }

    protected override void OnStatus(ReadOnlySpan<byte> subject, NatsHeaders status)
    {
        switch (status.Judge())
        {
            case PullVerdict.Alive:
                break;
            case PullVerdict.Hopeless:
                Fail(status.ToException());
                break;
            default:
                End();
                break;
        }
    }
}
