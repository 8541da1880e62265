using System.Diagnostics.CodeAnalysis;
using NATS.Client.Core;

namespace NATS.Client.JetStream.Internal;

/// <summary>Pulls ahead of its reader for as long as it lives.</summary>
internal sealed partial class ConsumeSubscription<T> : JSSubscription<T>
{
    private const int LargestReport = 64;

    // For the way there and back. Longer would hold back what a lost pull should have brought; shorter only asks a little early.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly PullWindow _window;
    private readonly NatsJSConsumeOpts _opts;
    private readonly NotificationQueue? _notifications;
    private readonly bool _isOrdered;
    private readonly Silence _silence;
    private readonly ITimer _overdue;
    private readonly RestartPace _pace;
    private readonly int _reportAfter;
    private readonly Lock _restarting = new();
    private JSMsg<T>? _current;
    private int _doneMessages;
    private long _doneBytes;
    private int _unanswered;

    public ConsumeSubscription(
        NatsJSContext context,
        string stream,
        string consumer,
        INatsDeserialize<T>? deserializer,
        NatsJSConsumeOpts opts,
        bool isOrdered,
        CancellationToken cancellationToken)
        : base(context, stream, consumer, PullInbox.All(context.Nats.NewInbox()), deserializer, PullSettings.From(opts))
    {
        _opts = opts;
        _isOrdered = isOrdered;
        var lifetime = Settings.Expires + Grace;
        _window = new PullWindow(
            Settings.MaxMessages, Settings.MaxBytes, Settings.ThresholdMessages, Settings.ThresholdBytes, lifetime, TimeProvider.System);
        _reportAfter = (int)Math.Clamp(Settings.MaxMessages / 16, 1, LargestReport);
        _notifications = opts.NotificationHandler is { } handler ? new NotificationQueue(handler, cancellationToken) : null;
        _pace = new RestartPace(Restart);
        // While disconnected nobody can be heard, and without an open pull nobody has promised to speak.
        _silence = new Silence(Settings.Heartbeat, () => !IsEnded && Connection.IsOpen && _window.IsExpecting, OnSilence);
        _overdue = TimeProvider.System.CreateTimer(
            static self => ((ConsumeSubscription<T>)self!).OnOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        await Connection.AddAsync(this, cancellationToken).ConfigureAwait(false);
        Pull(_window.Restart(Subject));
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
        await _silence.DisposeAsync().ConfigureAwait(false);
        await _overdue.DisposeAsync().ConfigureAwait(false);
        _notifications?.Close();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    // What was on the way is lost. A durable consumer redelivers in its time.
    internal override void OnReconnected() => RestartOrFail("Connection");

    protected override void OnMessage(JSMsg<T> msg, bool isLate)
    {
        _silence.Heard();
        _unanswered = 0;
        _window.Arrived(msg.Size, isLate);
    }

    // An ordered consumer would see a gap in any case.
    private void RestartOrFail(string what)
    {
        if (_isOrdered)
            Fail(new NatsJSTimeoutException(what));
        else
            Restart();
    }

    /// <summary>
    /// Begins anew in another inbox. The server drops the pulls of the one that is gone, and whatever it still says there is
    /// known to be old: otherwise every restart would leave pulls behind, and their ends would be taken for those of new ones.
    /// </summary>
    private void Restart()
    {
        if (IsEnded)
            return;
        var inbox = PullInbox.All(Connection.NewInbox());
        PullSize? pull;
        lock (_restarting)
        {
            Connection.Move(this, inbox);
            pull = _window.Restart(inbox);
        }

        Pull(pull);
    }
}
