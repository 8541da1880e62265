using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

public static class NatsJSExtensions
{
    /// <summary>Throws on an error and on a duplicate.</summary>
    public static void EnsureSuccess(this PubAckResponse ack)
    {
        ArgumentNullException.ThrowIfNull(ack);
        if (ack.Error is not null)
            throw new NatsJSApiException(ack.Error);
        if (ack.Duplicate)
            throw new NatsJSDuplicateMessageException(ack.Seq);
    }

    public static bool IsSuccess(this PubAckResponse ack)
    {
        ArgumentNullException.ThrowIfNull(ack);
        return ack.Error is null && !ack.Duplicate;
    }

    public static ValueTask NakAsync<T>(this INatsJSMsg<T> msg, TimeSpan delay, CancellationToken cancellationToken = default) =>
        msg.NakAsync(new AckOpts { NakDelay = delay }, cancellationToken);

    public static ValueTask AckTerminateAsync<T>(this INatsJSMsg<T> msg, string reason, CancellationToken cancellationToken = default) =>
        msg.AckTerminateAsync(new AckOpts { TerminateReason = reason }, cancellationToken);
}
