using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NATS.Client.Core;

namespace NATS.Client.JetStream.Internal;

/// <summary>Pulls ahead of its reader for as long as it lives.</summary>
internal sealed class ConsumeSubscription<T> : JSSubscription<T>
{
    private const int LargestReport = 64;
    private static readonly TimeSpan RetryAfterNoResponders = TimeSpan.FromMilliseconds(250);

    private readonly PullWindow _window;
    private readonly NatsJSConsumeOpts _opts;
    private readonly NotificationQueue? _notifications;
    private readonly bool _isOrdered;
    private readonly ITimer _heartbeats;
    private readonly int _reportAfter;
    private JSMsg<T>? _current;
    private int _doneMessages;
    private long _doneBytes;
    private long _lastHeard = Environment.TickCount64;
    private int _unanswered;

    public ConsumeSubscription(
        NatsJSContext context,
        string stream,
        string consumer,
        INatsDeserialize<T>? deserializer,
        NatsJSConsumeOpts opts,
        bool isOrdered,
        CancellationToken cancellationToken)
        : base(context, stream, consumer, deserializer, PullSettings.From(opts))
    {
        _opts = opts;
        _isOrdered = isOrdered;
        _window = new PullWindow(Settings.MaxMessages, Settings.MaxBytes, Settings.ThresholdMessages, Settings.ThresholdBytes);
        _reportAfter = (int)Math.Clamp(Settings.MaxMessages / 16, 1, LargestReport);
        _notifications = opts.NotificationHandler is { } handler ? new NotificationQueue(handler, cancellationToken) : null;
        var period = Settings.Heartbeat == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : Settings.Heartbeat / 2;
        _heartbeats = TimeProvider.System.CreateTimer(static self => ((ConsumeSubscription<T>)self!).OnTimer(), this, period, period);
    }

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        await Connection.AddAsync(this, cancellationToken).ConfigureAwait(false);
        Pull(_window.Restart());
    }

    /// <summary>
    /// The next message, if there is one; by asking for it the reader says that it is done with the one before. That is told to
    /// the window a few at a time, since both sides of a busy stream would contend for it.
    /// </summary>
    public bool TryRead([NotNullWhen(true)] out JSMsg<T>? msg)
    {
        if (_current is { } done)
        {
            _doneMessages++;
            _doneBytes += done.Size;
        }

        var isThere = Msgs.TryRead(out msg);
        _current = msg;
        if (_doneMessages >= _reportAfter || (!isThere && _doneMessages > 0))
        {
            Pull(_window.Read(_doneMessages, _doneBytes));
            (_doneMessages, _doneBytes) = (0, 0);
        }

        return isThere;
    }

    public override async ValueTask DisposeAsync()
    {
        await _heartbeats.DisposeAsync().ConfigureAwait(false);
        _notifications?.Close();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    internal override void OnReconnected()
    {
        // What was on the way is lost. An ordered consumer would see a gap in any case; a durable one redelivers in its time.
        if (_isOrdered)
            Fail(new NatsJSTimeoutException("Connection"));
        else
            Restart();
    }

    protected override void OnMessage(JSMsg<T> msg)
    {
        Heard();
        _unanswered = 0;
        _window.Arrived(msg.Size);
    }

    protected override void OnStatus(NatsHeaders status)
    {
        Heard();
        switch (status)
        {
            case { Code: 100 }:
                break;
            case { Code: 404 or 408 }:
                OnExpired(status);
                break;
            case { Code: 409, Message: NatsHeaders.Messages.MessageSizeExceedsMaxBytes }:
                _notifications?.Notify(NatsJSMessageSizeExceedsMaxBytesNotification.Default);
                OnExpired(status);
                break;
            case { Code: 409, MessageText: "Leadership Change" }:
                _notifications?.Notify(NatsJSLeadershipChangeNotification.Default);
                Restart();
                break;
            case { Code: 503 }:
                OnNoResponders();
                break;
            case { Code: 400 } or { Code: 409, Message: NatsHeaders.Messages.ConsumerDeleted or NatsHeaders.Messages.ConsumerIsPushBased }:
                Fail(new NatsJSProtocolException(status.Code, status.Message, status.MessageText));
                break;
            default:
                _notifications?.Notify(new NatsJSProtocolNotification("Unhandled protocol message", status.Code, status.MessageText));
                OnExpired(status);
                break;
        }
    }

    private void OnExpired(NatsHeaders status) =>
        Pull(_window.Expired(Number(status, "Nats-Pending-Messages"), Number(status, "Nats-Pending-Bytes")));

    private void OnNoResponders()
    {
        _notifications?.Notify(NatsJSNoRespondersNotification.Default);
        _unanswered++;
        if (_opts.MaxConsecutive503Errors > 0 && _unanswered >= _opts.MaxConsecutive503Errors)
            Fail(new NatsJSException($"Consumer appears to be deleted after {_unanswered} consecutive 503 errors"));
        else
            _ = RestartLaterAsync();
    }

    private async Task RestartLaterAsync()
    {
        await Task.Delay(RetryAfterNoResponders, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        Restart();
    }

    private void OnTimer()
    {
        // While disconnected nobody can be heard, and without an open pull nobody has promised to speak.
        if (IsEnded || !Connection.IsOpen || !_window.IsExpecting)
        {
            Heard();
            return;
        }

        if (Environment.TickCount64 - Volatile.Read(ref _lastHeard) < (Settings.Heartbeat * 2).TotalMilliseconds)
            return;
        _notifications?.Notify(NatsJSTimeoutNotification.Default);
        Heard();
        if (_isOrdered)
            Fail(new NatsJSTimeoutException("Heartbeat"));
        else
            Restart();
    }

    private void Restart()
    {
        if (!IsEnded)
            Pull(_window.Restart());
    }

    private void Pull(PullSize? size)
    {
        if (size is { } pull)
            _ = PullSafelyAsync(pull);
    }

    // A pull that cannot be sent is repeated after the reconnect or the missed heartbeat.
    private async Task PullSafelyAsync(PullSize size)
    {
        try
        {
            await PullAsync(size).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or ObjectDisposedException or OperationCanceledException)
        {
            if (Connection.IsDisposed || Connection.ConnectionState == NatsConnectionState.Failed)
                Fail(e);
        }
    }

    private void Heard() => Volatile.Write(ref _lastHeard, Environment.TickCount64);

    private static long Number(NatsHeaders status, string key) =>
        status.TryGetLastValue(key, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
