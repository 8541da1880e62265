using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

/// <summary>
/// A conversation with an exchange: <c>&gt;</c> what we send, <c>&lt;</c> what it answers and we need not act on,
/// <c>=</c> what it pushes, with what we understand indented below.
/// </summary>
internal sealed record Conversation(string[] Lines)
{
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["binance-futures"] = "Binance/futures-candles.txt",
        ["binance-spot"] = "Binance/spot-candles.txt",
        ["bybit-linear"] = "Bybit/candles.txt",
        ["okx-swap"] = "Okx/candles.txt",
    };

    public static Conversation Of(string exchange) =>
        new(File.ReadAllLines(Repository.PathOf("tests", "UnitTests", "DataCollector", "Exchanges", Files[exchange])));
}
