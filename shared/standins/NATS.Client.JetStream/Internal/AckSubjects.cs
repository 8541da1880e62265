using System.Globalization;

namespace NATS.Client.JetStream.Internal;

/// <summary>The long form of a reply subject, with domain and account: 11 tokens, or 12 with a random one at the end.</summary>
internal static class AckSubjects
{
    public static NatsJSMsgMetadata? ParseLong(string subject)
    {
        if (subject.Split('.') is not ["$JS", "ACK", var domain, _, var stream, var consumer, .. var numbers] || numbers.Length < 5)
            return null;
        Span<ulong> values = stackalloc ulong[5];
        for (var i = 0; i < values.Length; i++)
        {
            if (!ulong.TryParse(numbers[i], NumberStyles.None, CultureInfo.InvariantCulture, out values[i]))
                return null;
        }

        return Metadata(values[0], values[1], values[2], values[3], values[4], stream, consumer, domain == "_" ? string.Empty : domain);
    }

    public static NatsJSMsgMetadata Metadata(
        ulong delivered, ulong streamSequence, ulong consumerSequence, ulong timestamp, ulong pending,
        string stream, string consumer, string domain) => new(
            new NatsJSSequencePair(streamSequence, consumerSequence),
            delivered,
            pending,
            DateTimeOffset.UnixEpoch.AddTicks((long)(timestamp / TimeSpan.NanosecondsPerTick)),
            stream,
            consumer,
            domain);
}
