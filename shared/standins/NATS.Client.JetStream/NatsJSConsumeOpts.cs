using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

public record NatsJSOrderedConsumerOpts
{
    public static readonly NatsJSOrderedConsumerOpts Default = new();

    public string[] FilterSubjects { get; init; } = [];

    public ConsumerConfigDeliverPolicy DeliverPolicy { get; init; } = ConsumerConfigDeliverPolicy.All;

    public ulong OptStartSeq { get; init; }

    public DateTimeOffset OptStartTime { get; init; }

    public ConsumerConfigReplayPolicy ReplayPolicy { get; init; } = ConsumerConfigReplayPolicy.Instant;

    public TimeSpan InactiveThreshold { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often to try to make the consumer anew before giving up; -1: for ever.</summary>
    public int MaxResetAttempts { get; init; } = -1;
}

/// <summary>How much to have on the way: either messages or bytes, refilled when the threshold is reached.</summary>
public record NatsJSConsumeOpts
{
    public int? MaxMsgs { get; init; }

    public TimeSpan? Expires { get; init; }

    public int? MaxBytes { get; init; }

    public TimeSpan? IdleHeartbeat { get; init; }

    public int? ThresholdMsgs { get; init; }

    public int? ThresholdBytes { get; init; }

    /// <summary>Told what happens between messages: missed heartbeats, leader changes, unknown statuses.</summary>
    public Func<INatsJSNotification, CancellationToken, Task>? NotificationHandler { get; init; }

    /// <summary>After this many pulls in a row that nobody answered the consumer is taken for deleted; -1: never.</summary>
    public int MaxConsecutive503Errors { get; init; } = 10;

    /// <summary>Cancelling stops the pulls, and hands out what had already been sent before it ends.</summary>
    public bool DrainOnCancel { get; init; }
}

public record NatsJSNextOpts
{
    public TimeSpan? Expires { get; init; }

    public TimeSpan? IdleHeartbeat { get; init; }
}

public record NatsJSFetchOpts
{
    public int? MaxMsgs { get; init; }

    public TimeSpan? Expires { get; init; }

    public int? MaxBytes { get; init; }

    public TimeSpan? IdleHeartbeat { get; init; }
}
