using System.Globalization;
using NATS.Client.Core;

namespace NATS.Client.JetStream.Internal;

/// <summary>What a status means for the pull it came for.</summary>
internal enum PullVerdict
{
    Alive,
    Expired,
    MessageTooLarge,
    LeaderChanged,
    NoResponders,

    /// <summary>The consumer is gone or never was one to pull from.</summary>
    Hopeless,
    Unknown,
}

internal static class PullStatus
{
    public static PullVerdict Judge(this NatsHeaders status) => status switch
    {
        { Code: 100 } => PullVerdict.Alive,
        { Code: 404 or 408 } => PullVerdict.Expired,
        { Code: 503 } => PullVerdict.NoResponders,
        { Code: 409, Message: NatsHeaders.Messages.MessageSizeExceedsMaxBytes } => PullVerdict.MessageTooLarge,
        { Code: 409, MessageText: "Leadership Change" } => PullVerdict.LeaderChanged,
        { Code: 400 } or { Code: 409, Message: NatsHeaders.Messages.ConsumerDeleted or NatsHeaders.Messages.ConsumerIsPushBased } =>
            PullVerdict.Hopeless,
        _ => PullVerdict.Unknown,
    };

    public static NatsJSProtocolException ToException(this NatsHeaders status) => new(status.Code, status.Message, status.MessageText);

    /// <summary>How much of the pull will not come.</summary>
    public static (long Messages, long Bytes) Pending(this NatsHeaders status) =>
        (Number(status, "Nats-Pending-Messages"), Number(status, "Nats-Pending-Bytes"));

    private static long Number(NatsHeaders status, string key) =>
        status.TryGetLastValue(key, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
