using Microsoft.Extensions.Logging;
using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.Core.Internal.Telemetry;
using NATS.Client.Core.Internal.Transport;

namespace NATS.Client.Core;

/// <summary>One connection to a server or cluster, re-established for as long as the options allow. Safe for any number of threads.</summary>
public partial class NatsConnection : INatsConnection
{
    private readonly ILogger _logger;
    private readonly EventQueue _events;
    private string? _lastServerError;

    public NatsConnection()
        : this(NatsOpts.Default)
    {
    }

    public NatsConnection(NatsOpts opts)
    {
        Opts = opts;
        Auth = Credentials.Resolve(opts);
        _logger = opts.LoggerFactory.CreateLogger<NatsConnection>();
        _servers = new ServerList(opts);
        _backoff = new Backoff(opts, TimeProvider.System);
        Outbound = new OutboundQueue(opts.WriterBufferSize, Meter);
        Pings = new PingQueue(Outbound);
        _events = new EventQueue(e => Log.EventHandlerFailed(_logger, e));
        _inbox = new RequestInbox(this, $"{opts.InboxPrefix}.{Nuid.Next()}");
    }

    public event AsyncEventHandler<NatsEventArgs>? ConnectionDisconnected;

    public event AsyncEventHandler<NatsEventArgs>? ConnectionOpened;

    public event AsyncEventHandler<NatsEventArgs>? ReconnectFailed;

    public event AsyncEventHandler<NatsMessageDroppedEventArgs>? MessageDropped;

    public event AsyncEventHandler<NatsSlowConsumerEventArgs>? SlowConsumerDetected;

    public event AsyncEventHandler<NatsLameDuckModeActivatedEventArgs>? LameDuckModeActivated;

    public event AsyncEventHandler<NatsServerErrorEventArgs>? ServerError;

    public NatsOpts Opts { get; }

    public INatsServerInfo? ServerInfo => _serverInfo;

    internal NatsAuthOpts Auth { get; }

    internal OutboundQueue Outbound { get; }

    internal ConnectionMeter Meter { get; } = new();

    internal SubscriptionTable Subscriptions { get; } = new();

    internal PingQueue Pings { get; }

    public string NewInbox() => $"{Opts.InboxPrefix}.{Nuid.Next()}";

    public async ValueTask<TimeSpan> PingAsync(CancellationToken cancellationToken = default)
    {
        if (!IsOpen)
            await ConnectAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await Pings.Ping().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    internal void OnInfo(ServerInfo info, ServerAddress from)
    {
        var wasLameDuck = _serverInfo?.LameDuckMode == true;
        _serverInfo = info;
        _servers.Announce(info.ClientConnectUrls, from.Uri.Scheme);
        if (!info.LameDuckMode || wasLameDuck)
            return;
        Log.LameDuck(_logger, from.ToString());
        _events.Raise(LameDuckModeActivated, this, new NatsLameDuckModeActivatedEventArgs(from.Uri));
    }

    internal void OnServerError(string error)
    {
        // A worker that may not publish is told so for every message: its log holds the first, the event all.
        if (error == _lastServerError)
            Log.ServerErrorAgain(_logger, error);
        else
            Log.ServerError(_logger, error);
        _lastServerError = error;
        _events.Raise(ServerError, this, new NatsServerErrorEventArgs(error));
    }

    internal void OnMessageDropped(
        NatsSubBase subscription, int pending, string subject, string? replyTo, NatsHeaders? headers, object? data)
    {
        Meter.Dropped();
        if (MessageDropped is { } dropped)
            _events.Raise(dropped, this, new NatsMessageDroppedEventArgs(subscription, pending, subject, replyTo, headers, data));
        if (!subscription.TryMarkSlow())
            return;
        if (!Opts.SuppressSlowConsumerWarnings)
            Log.SlowConsumer(_logger, subscription.Subject, pending);
        _events.Raise(SlowConsumerDetected, this, new NatsSlowConsumerEventArgs(subscription));
    }
}
