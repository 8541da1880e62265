using System.Runtime.CompilerServices;
using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.Core.Internal.Telemetry;

namespace NATS.Client.Core;

public partial class NatsConnection
{
    public ValueTask PublishAsync(
        string subject,
        NatsHeaders? headers = default,
        string? replyTo = default,
        NatsPubOpts? opts = default,
        CancellationToken cancellationToken = default) =>
        PublishAsync(subject, ReadOnlyMemory<byte>.Empty, headers, replyTo, NatsRawSerializer<ReadOnlyMemory<byte>>.Default, opts, cancellationToken);

    public ValueTask PublishAsync<T>(
        string subject,
        T? data,
        NatsHeaders? headers = default,
        string? replyTo = default,
        INatsSerialize<T>? serializer = default,
        NatsPubOpts? opts = default,
        CancellationToken cancellationToken = default)
    {
        SubjectValidator.Validate(subject);
        SubjectValidator.ValidateOptional(replyTo);
        if (!TraceHeaders.IsOn)
            return PublishRawAsync(subject, replyTo, data, headers, serializer, cancellationToken);
        using var activity = TraceHeaders.Begin(subject, "publish", Opts.InboxPrefix, ref headers);
        return PublishRawAsync(subject, replyTo, data, headers, serializer, cancellationToken);
    }

    /// <summary>Without validation, and with subjects that need not be strings.</summary>
    internal ValueTask PublishRawAsync<T>(
        ReadOnlySpan<char> subject,
        ReadOnlySpan<char> replyTo,
        T? data,
        NatsHeaders? headers,
        INatsSerialize<T>? serializer,
        CancellationToken cancellationToken)
    {
        var scratch = Scratch.Rent();
        int headerLength;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            headerLength = WriteHeaders(scratch, headers);
            if (!Nullability<T>.CanBeNull || data is not null)
                (serializer ?? Opts.SerializerRegistry.GetSerializer<T>()).Serialize(scratch, data!);
            EnsureFits(scratch.Count);
        }
        catch
        {
            Scratch.Return(scratch);
            throw;
        }

        if (IsOpen && Outbound.TryPublish(subject, replyTo, scratch.Span[..headerLength], scratch.Span[headerLength..]))
        {
            Scratch.Return(scratch);
            return ValueTask.CompletedTask;
        }

        return PublishWhenPossibleAsync(subject.ToString(), replyTo.ToString(), scratch, headerLength, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask PublishWhenPossibleAsync(
        string subject, string replyTo, WireBuffer message, int headerLength, CancellationToken cancellationToken)
    {
        await WaitForOpenAsync(cancellationToken).ConfigureAwait(false);
        EnsureFits(message.Count);
        while (!Outbound.TryPublish(subject, replyTo, message.Span[..headerLength], message.Span[headerLength..]))
            await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        Scratch.Return(message);
    }

    private async ValueTask WaitForOpenAsync(CancellationToken cancellationToken)
    {
        if (IsOpen)
            return;
        var patience = Opts.PublishTimeoutOnDisconnected ? Opts.CommandTimeout : Timeout.InfiniteTimeSpan;
        try
        {
            await ConnectAsync().AsTask().WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new NatsTimeoutException();
        }
    }

    private async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Outbound.RoomFreed().WaitAsync(Opts.CommandTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new NatsTimeoutException();
        }
    }

    private static int WriteHeaders(WireBuffer scratch, NatsHeaders? headers)
    {
        if (headers is null)
            return 0;
        HeaderBlock.Write(scratch, headers);
        return scratch.Count;
    }

    private void EnsureFits(int size)
    {
        if (_serverInfo is { MaxPayload: > 0 } info && size > info.MaxPayload)
            throw new NatsPayloadTooLargeException($"Payload size {size} exceeds server's maximum payload size {info.MaxPayload}");
    }

    // Asked of the type first: testing a struct for null may box it.
    private static class Nullability<T>
    {
        public static readonly bool CanBeNull = default(T) is null;
    }
}
