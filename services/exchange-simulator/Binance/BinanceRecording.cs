using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Recording;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>Recordings of Binance's streams, of futures and spot alike.</summary>
internal static class BinanceRecording
{
    public static readonly StreamProtocol Protocol = new("btcusdt@kline_1m", name => name.Contains('@', StringComparison.Ordinal), Subscribe, KeepAlive: null, Klines);

    private static string Subscribe(IEnumerable<string> names, int id) =>
        $"{{\"method\":\"SUBSCRIBE\",\"params\":[{string.Join(',', names.Select(n => $"\"{JsonEncodedText.Encode(n)}\""))}],\"id\":{id}}}";

    private static IEnumerable<RecordedKline> Klines(RecordedMessage recorded)
    {
        var message = recorded.Message;
        if (message.ValueKind != JsonValueKind.Object) yield break;
        var data = message.TryGetProperty("stream", out _) && message.TryGetProperty("data", out var wrapped) ? wrapped : message;
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("k", out var k) || Text("i") != "1m") yield break;
        yield return new RecordedKline(
            Text("s"), k.GetProperty("t").GetInt64(), data.GetProperty("E").GetInt64(), k.GetProperty("x").GetBoolean(),
            Text("o"), Text("h"), Text("l"), Text("c"), Text("v"), Text("q"), k.GetProperty("n").GetInt64(), Text("V"), Text("Q"));

        string Text(string name) => k.GetProperty(name).GetString()!;
    }
}
