using System.Text.Json;
using System.Threading.Channels;
using NATS.Client.Core;
using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.JetStream.Internal;

/// <summary>The inbox of a pull: messages for the reader, statuses for the pull itself.</summary>
internal abstract class JSSubscription<T> : NatsSubBase
{
    private readonly NatsJSContext _context;
    private readonly INatsDeserialize<T> _deserializer;
    private readonly Channel<JSMsg<T>> _channel;
    private readonly SubjectCache _subjects = new();
    private AckOrigin? _origin;

    protected JSSubscription(
        NatsJSContext context, string stream, string consumer, string inbox, INatsDeserialize<T>? deserializer, PullSettings settings)
        : base(context.Nats, inbox, queueGroup: null)
    {
        _context = context;
        _deserializer = deserializer ?? context.Nats.Opts.SerializerRegistry.GetDeserializer<T>();
        Settings = settings;
        PullSubject = $"{context.Opts.Prefix}.CONSUMER.MSG.NEXT.{stream}.{consumer}";
        // The names are the server's answer, and go over the wire as they are.
        SubjectValidator.Validate(PullSubject);
        // Twice what is asked for: after a reconnect an old pull may still be served beside the new one. Beyond that the socket
        // waits, for a message of a stream must not be dropped.
        _channel = Channel.CreateBounded<JSMsg<T>>(new BoundedChannelOptions((int)Math.Min(settings.MaxMessages * 2, int.MaxValue))
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleWriter = true,
        });
    }

    public ChannelReader<JSMsg<T>> Msgs => _channel.Reader;

    protected PullSettings Settings { get; }

    protected string PullSubject { get; }

    internal sealed override ValueTask ReceiveAsync(in InboundMessage message)
    {
        // Messages have a subject to acknowledge on, statuses have none. What is said of a pull given up concerns nobody.
        var isLate = message.Sid != Sid;
        if (message.ReplyTo.IsEmpty && isLate)
            return ValueTask.CompletedTask;
        if (message.ReplyTo.IsEmpty)
        {
            OnStatus(message.Subject, HeaderBlock.Read(message.Headers.Span));
            return ValueTask.CompletedTask;
        }

        var msg = Build(message);
        OnMessage(msg, isLate);
        if (!_channel.Writer.TryWrite(msg))
            return IsEnded ? ValueTask.CompletedTask : WriteAsync(msg);
        OnDelivered();
        return ValueTask.CompletedTask;
    }

    internal sealed override void OnConnectionFailed(Exception reason) => Fail(reason);

    protected abstract void OnMessage(JSMsg<T> msg, bool isLate);

    protected virtual void OnDelivered()
    {
    }

    protected abstract void OnStatus(ReadOnlySpan<byte> subject, NatsHeaders status);

    protected ValueTask PullAsync(PullSize size, CancellationToken cancellationToken)
    {
        var request = new NextRequest
        {
            Batch = size.Messages,
            MaxBytes = size.Bytes,
            Expires = Settings.Expires,
            IdleHeartbeat = Settings.Heartbeat,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(request, ApiJson.Default.NextRequest);
        return Connection.PublishRawAsync(PullSubject, size.ReplyTo, json, null, NatsRawSerializer<byte[]>.Default, cancellationToken);
    }

    protected void Fail(Exception error)
    {
        _channel.Writer.TryComplete(error);
        End();
    }

    private protected override void Complete() => _channel.Writer.TryComplete();

    private JSMsg<T> Build(in InboundMessage message)
    {
        var isShort = AckReply.TryParse(message.ReplyTo, ref _origin, out var ack);
        // A reply subject that was taken apart is not needed as a string.
        var kept = new InboundMessage(message.Subject, isShort ? default : message.ReplyTo, message.Headers, message.Payload);
        var msg = MessageReader.Read(kept, _subjects.Get(message.Subject), Connection, _deserializer);
        return new JSMsg<T>(isShort ? msg with { Size = message.Size } : msg, _context, ack);
    }

    private async ValueTask WriteAsync(JSMsg<T> msg)
    {
        try
        {
            await _channel.Writer.WriteAsync(msg).ConfigureAwait(false);
            OnDelivered();
        }
        catch (ChannelClosedException)
        {
            // Ended while we waited.
        }
    }
}
