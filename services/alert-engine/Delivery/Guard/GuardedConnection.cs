using System.Net;
using System.Net.Sockets;

namespace CryptoScreener.AlertEngine.Delivery.Guard;

internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken stop);

/// <summary>
/// Connects to the very address that was checked: a name that answers with another one a moment later gains nothing. One bad address
/// among several refuses all.
/// </summary>
internal sealed class GuardedConnection(AddressGuard guard, ResolveHost resolve)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, stop);
        if (addresses.Length == 0) throw new IOException($"{host} has no address.");
        if (Array.Find(addresses, address => !guard.Allows(address)) is { } refused)
        {
            throw new IOException(
                $"{host} is {refused}, which is not a public address. To deliver into your own network, name it in Delivery:AllowedNetworks.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
