namespace NATS.Client.JetStream.Internal;

/// <summary>The options of a pull, with the defaults filled in and checked against what servers accept.</summary>
internal sealed record PullSettings(
    long MaxMessages, long MaxBytes, long ThresholdMessages, long ThresholdBytes, TimeSpan Expires, TimeSpan Heartbeat)
{
    // Enough that only the bytes limit a pull that is measured in bytes.
    private const long MessagesOfBytePull = 1_000_000;

    private static readonly TimeSpan DefaultExpires = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestExpires = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestHeartbeat = TimeSpan.FromSeconds(0.5);

    public static PullSettings From(NatsJSConsumeOpts opts) => Check(
        opts.MaxMsgs, opts.MaxBytes, opts.ThresholdMsgs, opts.ThresholdBytes, opts.Expires, opts.IdleHeartbeat);

    public static PullSettings From(NatsJSFetchOpts opts) => Check(
        opts.MaxMsgs, opts.MaxBytes, thresholdMessages: null, thresholdBytes: null, opts.Expires, opts.IdleHeartbeat);

    private static PullSettings Check(
        int? maxMessages, int? maxBytes, int? thresholdMessages, int? thresholdBytes, TimeSpan? expires, TimeSpan? heartbeat)
    {
        if (maxMessages.HasValue == maxBytes.HasValue)
            throw new NatsJSException("Set either MaxMsgs or MaxBytes, and not both");
        var messages = maxMessages ?? MessagesOfBytePull;
        var bytes = maxBytes ?? 0L;
        var settings = new PullSettings(
            messages, bytes, thresholdMessages ?? messages / 2, thresholdBytes ?? bytes / 2,
            expires ?? DefaultExpires, heartbeat ?? (expires ?? DefaultExpires) / 2);
        Require(messages > 0 && bytes >= 0, "MaxMsgs and MaxBytes must be at least 1");
        Require(settings.ThresholdMessages <= messages, "ThresholdMsgs must not exceed MaxMsgs");
        Require(settings.ThresholdBytes <= bytes, "ThresholdBytes must not exceed MaxBytes");
        Require(settings.Expires >= ShortestExpires, $"Expires must be at least {ShortestExpires}");
        Require(settings.Heartbeat <= LongestHeartbeat, $"IdleHeartbeat must be at most {LongestHeartbeat}");
        Require(
            settings.Heartbeat == TimeSpan.Zero || settings.Heartbeat >= ShortestHeartbeat,
            $"IdleHeartbeat must be zero or at least {ShortestHeartbeat}");
        return settings;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new NatsJSException(message);
    }
}
