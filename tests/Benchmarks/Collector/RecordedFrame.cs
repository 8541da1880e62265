using System.Text;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Binance;
using CryptoScreener.DataCollector.Exchanges.Bybit;
using CryptoScreener.DataCollector.Exchanges.Okx;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.Collector;

/// <summary>The first candle of an exchange's recorded conversation, and who reads it.</summary>
internal sealed record RecordedFrame(IExchange Exchange, SymbolLookup Symbols, byte[] Bytes)
{
    private static readonly Dictionary<string, (string File, Func<ExchangeOptions, HttpClient, IExchange> Create)> Known = new(StringComparer.Ordinal)
    {
        ["binance-futures"] = ("Binance/futures-candles.txt", (o, http) => new BinanceExchange(BinanceMarket.Futures, o, http, TimeProvider.System)),
        ["binance-spot"] = ("Binance/spot-candles.txt", (o, http) => new BinanceExchange(BinanceMarket.Spot, o, http, TimeProvider.System)),
        ["bybit-linear"] = ("Bybit/candles.txt", (o, http) => new BybitLinear(o, http, TimeProvider.System)),
        ["okx-swap"] = ("Okx/candles.txt", (o, http) => new OkxSwap(o, http, TimeProvider.System)),
    };

    public static IEnumerable<string> Exchanges => Known.Keys;

    public static RecordedFrame Of(string exchange)
    {
        // As many as a full socket has: a look-up among two symbols would flatter.
        var followed = new[] { "BTCUSDT", "BTC-USDT-SWAP" }.Concat(Enumerable.Range(0, 198).Select(i => $"COIN{i}USDT"))
            .Select(symbol => new FollowedInstrument(new InstrumentId(exchange, symbol), databaseId: 1, partition: 0, epoch: 1));
        return new RecordedFrame(Known[exchange].Create(new ExchangeOptions(), new HttpClient()), new SymbolLookup(followed), Encoding.UTF8.GetBytes(TextOf(exchange)));
    }

    internal static string TextOf(string exchange) =>
        File.ReadLines(Repository.PathOf("tests", "UnitTests", "DataCollector", "Exchanges", Known[exchange].File)).First(line => line.StartsWith("= ", StringComparison.Ordinal))[2..];
}
