using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CryptoScreener.Hosting.Operations;

internal static class KestrelListening
{
    public static void ListenOn(this KestrelServerOptions kestrel, string address, int port)
    {
        kestrel.AddServerHeader = false;
        if (address == "*") kestrel.ListenAnyIP(port);
        else kestrel.Listen(IPAddress.Parse(address), port);
    }
}
