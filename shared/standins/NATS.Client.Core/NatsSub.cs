using System.Threading.Channels;
using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core;

public sealed class NatsSub<T> : NatsSubBase, INatsSub<T>
{
    private readonly Channel<NatsMsg<T>> _channel;
    private readonly INatsDeserialize<T> _deserializer;
    private readonly SubjectCache _subjects = new();
    private readonly CancellationTokenRegistration _cancellation;
    private readonly int _capacity;

    internal NatsSub(
        NatsConnection connection,
        string subject,
        string? queueGroup,
        NatsSubChannelOpts? channelOpts,
        INatsDeserialize<T> deserializer,
        CancellationToken cancellationToken)
        : base(connection, subject, queueGroup)
    {
        _deserializer = deserializer;
        _capacity = channelOpts?.Capacity ?? connection.Opts.SubPendingChannelCapacity;
        var bounds = new BoundedChannelOptions(_capacity)
        {
            FullMode = channelOpts?.FullMode ?? connection.Opts.SubPendingChannelFullMode,
            SingleWriter = true,
        };
        _channel = Channel.CreateBounded<NatsMsg<T>>(bounds, OnDropped);
        _cancellation = cancellationToken.UnsafeRegister(static sub => ((NatsSub<T>)sub!).End(), this);
    }

    public ChannelReader<NatsMsg<T>> Msgs => _channel.Reader;

    internal override ValueTask ReceiveAsync(in InboundMessage message)
    {
        // A reader that has made room for half is no longer slow; should it fall behind again, that is news again.
        if (IsSlow && _channel.Reader.Count <= _capacity / 2)
            MarkRecovered();
        var msg = MessageReader.Read(message, _subjects.Get(message.Subject), Connection, _deserializer);
        return _channel.Writer.TryWrite(msg) || IsEnded ? ValueTask.CompletedTask : WriteAsync(msg);
    }

    private protected override void Complete()
    {
        // Unregister, not Dispose: it may be the cancellation itself that ends us, and it must not wait for itself.
        _cancellation.Unregister();
        _channel.Writer.TryComplete();
    }

    // FullMode Wait: the whole connection waits for this reader, as the mode promises.
    private async ValueTask WriteAsync(NatsMsg<T> msg)
    {
        try
        {
            await _channel.Writer.WriteAsync(msg).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // Unsubscribed while we waited.
        }
    }

    private void OnDropped(NatsMsg<T> msg) =>
        Connection.OnMessageDropped(this, _capacity, msg.Subject, msg.ReplyTo, msg.Headers, msg.Data);
}
