using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>
/// The addresses a Binance client connects to. Candles and tickers flow only on /market; the other categories and the retired
/// plain addresses complete the handshake, acknowledge everything and stay silent.
/// </summary>
internal sealed class BinanceSockets(Feed feed, BinanceStreams streams, BinanceSocketRules rules, TimeProvider time, IHostApplicationLifetime lifetime)
{
    public void MapUsdM(IEndpointRouteBuilder routes)
    {
        Map(routes.MapGroup("/market"), delivers: true);
        Map(routes.MapGroup("/public"), delivers: false);
        Map(routes.MapGroup("/private"), delivers: false);
        Map(routes.MapGroup(""), delivers: false);
    }

    public void Map(RouteGroupBuilder routes, bool delivers)
    {
        routes.MapGet("/ws", context => ServeAsync(context, isCombined: false, delivers, []));
        routes.MapGet("/ws/{**names}", context => ServeAsync(context, isCombined: false, delivers, Names((string?)context.Request.RouteValues["names"])));
        routes.MapGet("/stream", context => ServeAsync(context, isCombined: true, delivers, Names(context.Request.Query["streams"])));
    }

    private static string[] Names(string? path) => (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);

    private async Task ServeAsync(HttpContext context, bool isCombined, bool delivers, string[] initial)
    {
        if (await Handshake.AcceptAsync(context) is not { } stream) return;
        var conversation = new BinanceConversation(feed, streams, rules, new MessageRate(rules.MessagesPerSecond, time), isCombined, delivers, initial);
        using var socket = new ClientSocket(stream, time.GetUtcNow().ToUnixTimeMilliseconds(), context.Abort);
        await socket.RunAsync(conversation, time, lifetime.ApplicationStopping);
    }
}
