using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.ApiGateway.Realtime.Topics;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>One message for one socket; the bytes are shared with others.</summary>
internal readonly record struct Outgoing(ReadOnlyMemory<byte> Json, long BornAt);

internal enum Supply
{
    /// <summary>Nothing more for now.</summary>
    Dry,

    /// <summary>There is more: ask again when others had their turn.</summary>
    More,

    /// <summary>The client was so slow that what it lacks is gone.</summary>
    Lost,
}

/// <summary>What a socket wants of a channel: a place in it, from which the socket's writer takes what is next when it can send.</summary>
internal abstract class Subscription(string id)
{
    private int _hasLeft;

    public string Id => id;

    public abstract Supply Take(List<Outgoing> into);

    /// <summary>Any number of times.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0) LeaveOnce();
    }

    protected abstract void LeaveOnce();
}

/// <summary>A state: what the client lacks, or the whole of it when that is shorter.</summary>
internal sealed class TopicSubscription(Topic topic, TopicBook topics, Seat seat) : Subscription(topic.Id)
{
    private readonly List<TopicMessage> _messages = [];
    private long _has;

    public override Supply Take(List<Outgoing> into)
    {
        _messages.Clear();
        _has = topic.Take(_has, _messages);
        foreach (var message in _messages) into.Add(new Outgoing(message.Json, message.BornAt));
        return Supply.Dry;
    }

    protected override void LeaveOnce() => topics.Leave(topic, seat);
}

/// <summary>Alerts: every one, in order.</summary>
internal sealed class AlertSubscription(string id, AlertStart start, AlertMessages messages, AlertBell bell, IWake socket, RealtimeOptions options, TimeProvider time) : Subscription(id)
{
    private readonly AlertCursor _cursor = start.Cursor;
    private readonly List<StreamedAlert> _alerts = [];
    private ulong _told = start.From;
    private long _toldAt = time.GetTimestamp();
    private bool _wasUpToDate;
    private long _behindSince;

    public override Supply Take(List<Outgoing> into)
    {
        if (DoesNotKeepUp()) return Supply.Lost;
        _alerts.Clear();
        var more = _cursor.Take(_alerts);
        foreach (var alert in _alerts) into.Add(new Outgoing(messages.Of(Id, _cursor.Epoch, alert), alert.Event.EvaluatedAt));
        if (_alerts.Count > 0) (_told, _toldAt) = (_alerts[^1].Sequence, time.GetTimestamp());
        else if (more is false) TellPlace(into);
        _wasUpToDate |= more is false;
        return more switch { true => Supply.More, false => Supply.Dry, null => Supply.Lost };
    }

    protected override void LeaveOnce() => bell.Leave(socket);

    // It moves on with others' alerts, which are what wakes us: one of old would be forgotten by the time it is resumed from.
    private void TellPlace(List<Outgoing> into)
    {
        if (_cursor.Sequence <= _told || time.GetElapsedTime(_toldAt) < options.HeartbeatInterval) return;
        into.Add(new Outgoing(ServerMessage.Place(Id, _cursor), BornAt: 0));
        (_told, _toldAt) = (_cursor.Sequence, time.GetTimestamp());
    }

    // Who catches up may be far behind, and a burst leaves anybody behind for a moment; who was up to date once and stays far
    // behind reads too slowly.
    private bool DoesNotKeepUp()
    {
        if (!_wasUpToDate || _cursor.Lag <= options.MaxAlertLag)
        {
            _behindSince = 0;
            return false;
        }

        if (_behindSince == 0) _behindSince = time.GetTimestamp();
        return time.GetElapsedTime(_behindSince) >= options.AlertLagPatience;
    }
}
