using System.Text;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Binance;
using CryptoScreener.DataCollector.Exchanges.Bybit;
using CryptoScreener.DataCollector.Exchanges.Okx;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

/// <summary>An adapter with its own addresses, and two instruments that it follows.</summary>
internal sealed record VenueUnderTest(IExchange Exchange, string[] Symbols)
{
    public static readonly string[] Names = ["binance-futures", "binance-spot", "bybit-linear", "okx-swap"];

    public SymbolLookup Lookup { get; } = new(Symbols.Select(s =>
        new FollowedInstrument(new InstrumentId(Exchange.Name, s), databaseId: 1, partition: 0, epoch: 1)));

    public static VenueUnderTest Of(string name, HttpMessageHandler? http = null, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        var client = http is null ? new HttpClient() : new HttpClient(http);
        var options = new ExchangeOptions();
        return name switch
        {
            "binance-futures" => new(new BinanceExchange(BinanceMarket.Futures, options, client, time), ["BTCUSDT", "ETHUSDT"]),
            "binance-spot" => new(new BinanceExchange(BinanceMarket.Spot, options, client, time), ["BTCUSDT", "ETHUSDT"]),
            "bybit-linear" => new(new BybitLinear(options, client, time), ["BTCUSDT", "ETHUSDT"]),
            "okx-swap" => new(new OkxSwap(options, client, time), ["BTC-USDT-SWAP", "ETH-USDT-SWAP"]),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such exchange"),
        };
    }

    /// <summary>The first candle of the exchange's conversation, as it came.</summary>
    public byte[] CandleFrame() => Encoding.UTF8.GetBytes(Conversation.Of(Exchange.Name).Lines.First(l => l.StartsWith("= ", StringComparison.Ordinal))[2..]);

    public FrameKind Parse(ReadOnlySpan<byte> frame, out Kline kline) => Exchange.Parse(frame, Lookup, out kline);
}
