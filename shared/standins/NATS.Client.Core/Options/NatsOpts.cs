using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace NATS.Client.Core;

public sealed record NatsOpts
{
    public static readonly NatsOpts Default = new();

    /// <summary>One server, or several separated by commas. User and password, or a token, may be part of the first one.</summary>
    public string Url { get; init; } = "nats://localhost:4222";

    public string Name { get; init; } = "NATS .NET Client";

    /// <summary>Whether the server sends this connection's own messages back to its matching subscriptions.</summary>
    public bool Echo { get; init; } = true;

    public NatsAuthOpts AuthOpts { get; init; } = new();

    public NatsTlsOpts TlsOpts { get; init; } = new();

    public INatsSerializerRegistry SerializerRegistry { get; init; } = NatsDefaultSerializerRegistry.Default;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Bytes of published messages that may wait for the socket; publishers beyond it wait themselves.</summary>
    public int WriterBufferSize { get; init; } = 65536;

    public int ReaderBufferSize { get; init; } = 65536;

    /// <summary>A server that announces a larger message than this is taken for broken.</summary>
    public int MaxPayloadHardCap { get; init; } = 64 * 1024 * 1024;

    public string InboxPrefix { get; init; } = "_INBOX";

    /// <summary>Try the servers in the order given rather than a random one.</summary>
    public bool NoRandomize { get; init; }

    public TimeSpan PingInterval { get; init; } = TimeSpan.FromMinutes(2);

    public int MaxPingOut { get; init; } = 2;

    public TimeSpan ReconnectWaitMin { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan ReconnectWaitMax { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan ReconnectJitter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>-1: for ever.</summary>
    public int MaxReconnectRetry { get; init; } = -1;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Keep trying after the same authentication error came twice, which otherwise ends the connection.</summary>
    public bool IgnoreAuthErrorAbort { get; init; }

    public bool RetryOnInitialConnect { get; init; }

    public int SubPendingChannelCapacity { get; init; } = 16384;

    public BoundedChannelFullMode SubPendingChannelFullMode { get; init; } = BoundedChannelFullMode.DropNewest;

    public bool DrainSubscriptionsOnDispose { get; init; }

    /// <summary>How long disposal with <see cref="DrainSubscriptionsOnDispose"/> waits for readers to empty their channels.</summary>
    public TimeSpan? ConsumerDrainOnDisposeTimeout { get; init; }

    public TimeSpan DrainPingTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Publishing while disconnected fails after <see cref="CommandTimeout"/> instead of waiting for the reconnect.</summary>
    public bool PublishTimeoutOnDisconnected { get; init; }

    public bool SuppressSlowConsumerWarnings { get; init; }
}
