using System.Globalization;
using System.Text;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>Pings a venue's connections, ends those that do not answer or on which nothing is said, and those that have lived too long.</summary>
internal sealed class ConnectionCare(Feed feed, ConnectionRules rules, TimeProvider time)
{
    private const long Period = 500;
    private long _lookedAt;

    public void Look()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (now - _lookedAt < Period) return;
        _lookedAt = now;
        foreach (var socket in feed.Sockets) Look(socket, now);
    }

    private void Look(ClientSocket socket, long now)
    {
        if (socket.TakeHasSent()) socket.SentAt = now;
        if (socket.Farewell is { } farewell && now >= farewell.At) socket.Close(farewell.Code, farewell.Reason);
        else if (now - socket.OpenedAt > rules.Life.TotalMilliseconds) socket.Close(CloseCode.Normal, "Connection reached its maximum age");
        else if (rules.MustSpeakEvery is { } silence && now - Math.Max(socket.HeardAt, socket.SentAt) > silence.TotalMilliseconds) socket.Close(CloseCode.SilentClient, rules.SilenceReason);
        else if (rules.PingEvery is { } interval) Ping(socket, interval, now);
    }

    private void Ping(ClientSocket socket, TimeSpan interval, long now)
    {
        if (socket.AwaitsPong && now - socket.PingedAt > rules.PongWithin.TotalMilliseconds) socket.Close(CloseCode.PolicyViolation, "Pong timeout");
        else if (!socket.AwaitsPong && now - socket.PingedAt > interval.TotalMilliseconds)
            socket.Ping(now, Encoding.ASCII.GetBytes(now.ToString(CultureInfo.InvariantCulture)));
    }
}
