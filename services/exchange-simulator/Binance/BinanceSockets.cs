using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>The addresses a Binance client connects to, in all their forms.</summary>
internal sealed class BinanceSockets(BinanceVenue venue, BinanceSocketRules rules, RequestWindow? connects, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private readonly BinanceStreams _streams = new(venue.Feed, venue.Market);

    public void Map(RouteGroupBuilder routes, bool delivers)
    {
        routes.MapGet("/ws", context => ServeAsync(context, isCombined: false, delivers, []));
        routes.MapGet("/ws/{**names}", context => ServeAsync(context, isCombined: false, delivers, Names((string?)context.Request.RouteValues["names"])));
        routes.MapGet("/stream", context => ServeAsync(context, isCombined: true, delivers, Names(context.Request.Query["streams"])));
    }

    private static string[] Names(string? path) => (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);

    private Task ServeAsync(HttpContext context, bool isCombined, bool delivers, string[] initial)
    {
        var conversation = new BinanceConversation(venue.Feed, _streams, rules, new MessageRate(rules.MessagesPerSecond, time), isCombined, delivers, initial);
        return SocketServer.ServeAsync(context, conversation, venue.Faults, connects, time, lifetime.ApplicationStopping);
    }
}
