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
        : base(context, stream, consumer, deserializer, PullSettings.From(opts))
    {
        _missing = Settings.MaxMessages;
        _deadline = TimeProvider.System.CreateTimer(
            static self => ((FetchSubscription<T>)self!).End(), this, Settings.Expires + Grace, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        await Connection.AddAsync(this, cancellationToken).ConfigureAwait(false);
        await PullAsync(new PullSize(Settings.MaxMessages, Settings.MaxBytes)).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        await _deadline.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    // The pull went down with the old connection.
    internal override void OnReconnected() => End();

    protected override void OnMessage(JSMsg<T> msg) => _missing--;

    protected override void OnDelivered()
    {
        if (_missing == 0)
            End();
    }

    protected override void OnStatus(NatsHeaders status)
    {
        if (status.Code == 100)
            return;
        if (status is { Code: 400 } or { Code: 409, Message: NatsHeaders.Messages.ConsumerDeleted or NatsHeaders.Messages.ConsumerIsPushBased })
            Fail(new NatsJSProtocolException(status.Code, status.Message, status.MessageText));
        else
            End();
    }
}
