using System.Net;
using System.Net.Sockets;

namespace CryptoScreener.LocalServers;

/// <summary>
/// Free ports below the range from which the system takes those of outgoing connections: a server that is stopped for a
/// while must find its port free again.
/// </summary>
internal static class FreePort
{
    private const int First = 10_240;
    private const int End = 32_768;

    internal static int Next()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = Random.Shared.Next(First, End);
            if (IsFree(port)) return port;
        }

        throw new LocalServerException($"No free port between {First} and {End - 1} on 127.0.0.1; stop servers that are no longer needed.");
    }

    internal static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
