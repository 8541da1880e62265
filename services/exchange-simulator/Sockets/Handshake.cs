using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace CryptoScreener.ExchangeSimulator.Sockets;

/// <summary>
/// The WebSocket handshake, ending in the bare stream. The framework's own WebSocket would hide the frames, and the point here is
/// to share bytes between thousands of sockets and to send what a decent server never sends.
/// </summary>
internal static class Handshake
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static async Task<Stream?> AcceptAsync(HttpContext context)
    {
        var key = context.Request.Headers.SecWebSocketKey.ToString();
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        if (upgrade is not { IsUpgradableRequest: true } || key.Length == 0)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            await context.Response.WriteAsync("This address speaks WebSocket only.", context.RequestAborted);
            return null;
        }

        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = AcceptFor(key);
        return await upgrade.UpgradeAsync();
    }

#pragma warning disable CA5350 // RFC 6455 asks for SHA-1, and nothing secret is hashed.
    private static string AcceptFor(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));
#pragma warning restore CA5350
}
