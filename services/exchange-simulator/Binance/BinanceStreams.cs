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
    private const string KlineChannel = "@kline_";
    private const string TickerChannel = "@ticker";
    private readonly Dictionary<string, int> _byLowerName =
        market.Listings.ToDictionary(l => l.Instrument.Symbol.ToLowerInvariant(), l => l.Instrument.Index, StringComparer.Ordinal);

    public void Subscribe(string name, ClientSocket socket, bool isCombined)
    {
        if (Find(name) is not { } topic) return;
        byte[] prefix = isCombined ? Encoding.UTF8.GetBytes($"{{\"stream\":\"{name}\",\"data\":") : [];
        byte[] suffix = isCombined ? "}"u8.ToArray() : [];
        feed.Subscribe(topic, socket, prefix, suffix);
    }

    public void Unsubscribe(string name, ClientSocket socket)
    {
        if (Find(name) is { } topic) feed.Unsubscribe(topic, socket);
    }

    private Topic? Find(string name)
    {
        if (name == "!ticker@arr") return feed.AllTickers(TickerKind.Full);
        if (name == "!miniTicker@arr") return feed.AllTickers(TickerKind.Mini);
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !_byLowerName.TryGetValue(name[..at], out var index)) return null;
        var channel = name[at..];
        if (channel == TickerChannel) return feed.Ticker(index);
        return channel.StartsWith(KlineChannel, StringComparison.Ordinal) && IntervalOf(channel[KlineChannel.Length..]) is { } interval
            ? feed.Klines(index, interval)
            : null;
    }

    /// <summary>An interval, or one in another time zone: <c>1d@+08:00</c>.</summary>
    private static Interval? IntervalOf(string name) => name.Split('@') switch
    {
        [var plain] => Interval.Parse(plain),
        [var plain, var zone] when Interval.Parse(plain) is { } interval => BinanceZone.Apply(interval, zone),
        _ => null,
    };
}
