using System.Globalization;
using System.Text;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>Pings every connection, ends those that do not answer and those that have lived too long.</summary>
internal sealed class ConnectionCare(IEnumerable<Feed> feeds, SimulatorOptions options, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private long _lookedAt;

    public void Look()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (now - _lookedAt < Period.TotalMilliseconds) return;
        _lookedAt = now;
        foreach (var feed in feeds)
            foreach (var socket in feed.Sockets) Look(socket, now);
    }

    private void Look(ClientSocket socket, long now)
    {
        if (now - socket.OpenedAt > options.ConnectionLife.TotalMilliseconds) socket.Close(CloseCode.Normal, "Connection reached its maximum age");
        else if (socket.AwaitsPong && now - socket.PingedAt > options.PongDeadline.TotalMilliseconds) socket.Close(CloseCode.PolicyViolation, "Pong timeout");
        else if (!socket.AwaitsPong && now - socket.PingedAt > options.PingInterval.TotalMilliseconds)
            socket.Ping(now, Encoding.ASCII.GetBytes(now.ToString(CultureInfo.InvariantCulture)));
    }
}
