using NATS.Client.Core;

namespace NATS.Client.JetStream;

public record NatsJSOpts
{
    public NatsJSOpts(
        NatsOpts opts, string? apiPrefix = default, string? domain = default, AckOpts? ackOpts = default, TimeSpan? requestTimeout = default)
    {
        if (apiPrefix is not null && domain is not null)
            throw new NatsJSException("Cannot specify both ApiPrefix and Domain.");
        ApiPrefix = apiPrefix ?? "$JS.API";
        Domain = domain;
        RequestTimeout = requestTimeout ?? opts.RequestTimeout;
    }

    public string Prefix => string.IsNullOrEmpty(Domain) ? ApiPrefix : $"$JS.{Domain}.API";

    public string ApiPrefix { get; }

    public string? Domain { get; }

    public TimeSpan RequestTimeout { get; }

    /// <summary>Wait for the server to confirm every acknowledgement.</summary>
    public bool DoubleAck { get; init; }

    public NatsJSConsumeOpts DefaultConsumeOpts { get; init; } = new() { MaxMsgs = 1_000 };

    public NatsJSNextOpts DefaultNextOpts { get; init; } = new();
}

public record NatsJSPubOpts : NatsPubOpts
{
    public static readonly NatsJSPubOpts Default = new();

    /// <summary>The server stores a message with an id it has seen within the stream's window only once.</summary>
    public string? MsgId { get; init; }

    public string? ExpectedLastMsgId { get; init; }

    public string? ExpectedStream { get; init; }

    public ulong? ExpectedLastSequence { get; init; }

    public ulong? ExpectedLastSubjectSequence { get; init; }

    /// <summary>How often to publish while no stream listens; 1 means no retry.</summary>
    public int RetryAttempts { get; init; } = 1;

    public TimeSpan RetryWaitBetweenAttempts { get; init; } = TimeSpan.FromMilliseconds(250);
}
