using System.Globalization;
using System.Text;
using NATS.Client.Core;

namespace NATS.Client.JetStream.Internal;

/// <summary>A delivered message: the one object that a message costs.</summary>
internal sealed class JSMsg<T>(NatsMsg<T> msg, NatsJSContext context, in AckReply ack) : INatsJSMsg<T>
{
    private static readonly ReadOnlyMemory<byte> Plus = "+ACK"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Minus = "-NAK"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Progress = "+WPI"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Terminate = "+TERM"u8.ToArray();

    // By field: a NatsMsg of a large T would be copied at every access.
    private readonly NatsMsg<T> _msg = msg;
    private readonly AckReply _ack = ack;

    public string Subject => _msg.Subject;

    public int Size => _msg.Size;

    public NatsHeaders? Headers => _msg.Headers;

    public T? Data => _msg.Data;

    public INatsConnection? Connection => _msg.Connection;

    public NatsException? Error => _msg.Error;

    public string? ReplyTo => _msg.ReplyTo ?? _ack.ToString();

    public NatsJSMsgMetadata? Metadata => _msg.ReplyTo is { } subject
        ? AckSubjects.ParseLong(subject)
        : AckSubjects.Metadata(
            _ack.Delivered, _ack.StreamSequence, _ack.ConsumerSequence, _ack.Timestamp, _ack.Pending,
            _ack.Origin.Stream, _ack.Origin.Consumer, domain: string.Empty);

    public NatsJSSequencePair Sequence => _msg.ReplyTo is null
        ? new NatsJSSequencePair(_ack.StreamSequence, _ack.ConsumerSequence)
        : Metadata?.Sequence ?? default;

    public void EnsureSuccess() => _msg.EnsureSuccess();

    public ValueTask AckAsync(AckOpts? opts = null, CancellationToken cancellationToken = default) => SendAsync(Plus, opts, cancellationToken);

    public ValueTask NakAsync(AckOpts? opts = null, CancellationToken cancellationToken = default)
    {
        if (opts?.NakDelay is not { } delay || delay == TimeSpan.Zero)
            return SendAsync(Minus, opts, cancellationToken);
        var nanoseconds = NanosecondsConverter.ToNanoseconds(delay).ToString(CultureInfo.InvariantCulture);
        return SendAsync(Encoding.ASCII.GetBytes($$"""-NAK {"delay": {{nanoseconds}}}"""), opts, cancellationToken);
    }

    public ValueTask AckProgressAsync(AckOpts? opts = null, CancellationToken cancellationToken = default) =>
        SendAsync(Progress, opts, cancellationToken);

    public ValueTask AckTerminateAsync(AckOpts? opts = null, CancellationToken cancellationToken = default) =>
        string.IsNullOrEmpty(opts?.TerminateReason)
            ? SendAsync(Terminate, opts, cancellationToken)
            : SendAsync(Encoding.UTF8.GetBytes($"+TERM {opts.Value.TerminateReason}"), opts, cancellationToken);

    private ValueTask SendAsync(ReadOnlyMemory<byte> answer, AckOpts? opts, CancellationToken cancellationToken)
    {
        if (opts?.DoubleAck ?? context.Opts.DoubleAck)
            return SendAndConfirmAsync(answer, cancellationToken);
        var raw = NatsRawSerializer<ReadOnlyMemory<byte>>.Default;
        return _msg.ReplyTo is { } subject
            ? context.Nats.PublishRawAsync(subject, default, answer, null, raw, cancellationToken)
            : context.Nats.PublishRawAsync(_ack.Write(stackalloc char[_ack.LongestSubject]), default, answer, null, raw, cancellationToken);
    }

    private async ValueTask SendAndConfirmAsync(ReadOnlyMemory<byte> answer, CancellationToken cancellationToken) =>
        await context.Nats.RequestAsync<ReadOnlyMemory<byte>, byte[]>(
            ReplyTo!,
            answer,
            requestSerializer: NatsRawSerializer<ReadOnlyMemory<byte>>.Default,
            replySerializer: NatsRawSerializer<byte[]>.Default,
            replyOpts: new NatsSubOpts { Timeout = context.Opts.RequestTimeout },
            cancellationToken: cancellationToken).ConfigureAwait(false);
}
