using System.Threading.Channels;

namespace NATS.Client.Core;

public record NatsSubOpts
{
    /// <summary>How long a request waits for its reply; unset means <see cref="NatsOpts.RequestTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether a request nobody listens to throws (the default) or gives a message that says so.</summary>
    public bool? ThrowIfNoResponders { get; init; }

    public NatsSubChannelOpts? ChannelOpts { get; init; }
}

public record NatsSubChannelOpts
{
    public BoundedChannelFullMode? FullMode { get; init; }

    public int? Capacity { get; init; }
}
