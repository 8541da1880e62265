using System.Text;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>
/// Turns stream names into subscriptions. A name that means nothing (unknown symbol, upper case, wrong kind) is accepted and
/// delivers nothing: the exchange does the same, and a collector has to notice by itself.
/// </summary>
internal sealed class BinanceStreams(Feed feed, Market market)
{
    private readonly Dictionary<string, int> _byLowerName =
        market.Listings.ToDictionary(l => l.Instrument.Symbol.ToLowerInvariant(), l => l.Instrument.Index, StringComparer.Ordinal);

    public void Subscribe(string name, ClientSocket socket, bool isCombined)
    {
        byte[] prefix = isCombined ? Encoding.UTF8.GetBytes($"{{\"stream\":\"{name}\",\"data\":") : [];
        byte[] suffix = isCombined ? "}"u8.ToArray() : [];
        if (Tickers(name) is { } kind) feed.SubscribeTickers(kind, socket, prefix, suffix);
        else if (Kline(name) is var (index, interval)) feed.SubscribeKline(index, interval, socket, prefix, suffix);
    }

    public void Unsubscribe(string name, ClientSocket socket)
    {
        if (Tickers(name) is { } kind) feed.UnsubscribeTickers(kind, socket);
        else if (Kline(name) is var (index, interval)) feed.UnsubscribeKline(index, interval, socket);
    }

    private static TickerKind? Tickers(string name) => name switch
    {
        "!ticker@arr" => TickerKind.Full,
        "!miniTicker@arr" => TickerKind.Mini,
        _ => null,
    };

    private (int Index, Interval Interval)? Kline(string name)
    {
        const string Channel = "@kline_";
        var at = name.IndexOf(Channel, StringComparison.Ordinal);
        if (at < 0 || !_byLowerName.TryGetValue(name[..at], out var index)) return null;
        return Interval.Parse(name.AsSpan(at + Channel.Length)) is { } interval ? (index, interval) : null;
    }
}
