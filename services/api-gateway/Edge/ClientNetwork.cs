using System.Net;
using System.Net.Sockets;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>Whom an address stands for when it is counted: an IPv4 address for itself, an IPv6 address for its network of 64 bits, which one customer has whole.</summary>
internal static class ClientNetwork
{
    public static IPAddress Of(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
