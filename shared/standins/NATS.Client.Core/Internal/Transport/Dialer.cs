using System.Net.Sockets;

namespace NATS.Client.Core.Internal.Transport;

internal static class Dialer
{
    public static async Task<Stream> DialAsync(ServerAddress address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host.Trim('[', ']'), address.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
