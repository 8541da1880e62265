using NATS.Client.Core;

namespace NATS.Client.JetStream.Internal;

/// <summary>What the server says about the pulls instead of sending messages.</summary>
internal sealed partial class ConsumeSubscription<T>
{
    protected override void OnStatus(ReadOnlySpan<byte> subject, NatsHeaders status)
    {
        _silence.Heard();
        var verdict = status.Judge();
        if (verdict != PullVerdict.NoResponders)
            _unanswered = 0;
        switch (verdict)
        {
            case PullVerdict.Alive:
                break;
            case PullVerdict.Expired:
                OnExpired(subject, status);
                break;
            case PullVerdict.MessageTooLarge:
                _notifications?.Notify(NatsJSMessageSizeExceedsMaxBytesNotification.Default);
                OnExpired(subject, status);
                break;
            case PullVerdict.LeaderChanged:
                OnLeaderChanged();
                break;
            case PullVerdict.NoResponders:
                OnNoResponders();
                break;
            case PullVerdict.Hopeless:
                Fail(status.ToException());
                break;
            default:
                _notifications?.Notify(new NatsJSProtocolNotification("Unhandled protocol message", status.Code, status.MessageText));
                OnExpired(subject, status);
                break;
        }
    }

    private void OnExpired(ReadOnlySpan<byte> subject, NatsHeaders status)
    {
        var (messages, bytes) = status.Pending();
        if (_window.Expired(PullInbox.PullOf(subject), messages, bytes) is not { } next)
            return;
        if (_pace.MayGoOn())
            Pull(next);
        else
            _pace.Later();
    }

    private void OnLeaderChanged()
    {
        _notifications?.Notify(NatsJSLeadershipChangeNotification.Default);
        if (_pace.MayGoOn())
            Restart();
        else
            _pace.Later();
    }

    private void OnNoResponders()
    {
        _notifications?.Notify(NatsJSNoRespondersNotification.Default);
        _unanswered++;
        if (_opts.MaxConsecutive503Errors <= 0 || _unanswered < _opts.MaxConsecutive503Errors)
            _pace.Later();
        else
            Fail(_isOrdered ? new NatsJSTimeoutException("Consumer") : new NatsJSException($"Consumer appears to be deleted after {_unanswered} consecutive 503 errors"));
    }

    private void OnSilence()
    {
        _notifications?.Notify(NatsJSTimeoutNotification.Default);
        RestartOrFail("Heartbeat");
    }
}
