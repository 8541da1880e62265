using System.Text.Json;

namespace CryptoScreener.DataCollector.Exchanges.Binance;

/// <summary>Where Binance's markets differ: names, addresses, prices of requests. Their messages are the same.</summary>
/// <param name="StreamPath">The path of the combined stream.</param>
/// <param name="ApiPath">What stands before every REST path.</param>
/// <param name="CandleWeight">The weight of a request for so many candles.</param>
/// <param name="IsFollowed">Whether an entry of exchangeInfo that trades is of a kind we follow.</param>
internal sealed record BinanceMarket(
    string Name,
    string RestUrl,
    string StreamUrl,
    string StreamPath,
    string ApiPath,
    int WeightPerMinute,
    int InfoWeight,
    int TickersWeight,
    int CandlesPerCall,
    Func<int, int> CandleWeight,
    Func<JsonElement, bool> IsFollowed)
{
    /// <summary>Klines come on the market category only: the older paths acknowledge and stay silent. 499 candles are the most per weight (1,500 cost 10).</summary>
    public static readonly BinanceMarket Futures = new(
        "binance-futures", "https://fapi.binance.com", "wss://fstream.binance.com", "/market/stream", "/fapi/v1",
        WeightPerMinute: 2_400, InfoWeight: 1, TickersWeight: 40,
        CandlesPerCall: 499, candles => candles <= 99 ? 1 : 2,
        symbol => symbol.GetProperty("contractType").GetString() == "PERPETUAL");

    public static readonly BinanceMarket Spot = new(
        "binance-spot", "https://api.binance.com", "wss://stream.binance.com:9443", "/stream", "/api/v3",
        WeightPerMinute: 6_000, InfoWeight: 20, TickersWeight: 80,
        CandlesPerCall: 1_000, _ => 2,
        symbol => symbol.GetProperty("isSpotTradingAllowed").GetBoolean());
}
