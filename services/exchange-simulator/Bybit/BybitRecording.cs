using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Recording;

namespace CryptoScreener.ExchangeSimulator.Bybit;

/// <summary>Recordings of Bybit's public streams.</summary>
internal static class BybitRecording
{
    private const string Minutes = "kline.1.";

    public static readonly StreamProtocol Protocol = new(
        Minutes + "BTCUSDT", name => name.Contains('.', StringComparison.Ordinal) && !name.Contains('@', StringComparison.Ordinal),
        Subscribe, """{"op":"ping"}"""u8.ToArray(), Klines);

    private static string Subscribe(IEnumerable<string> names, int id) =>
        $"{{\"req_id\":\"{id}\",\"op\":\"subscribe\",\"args\":[{string.Join(',', names.Select(n => $"\"{JsonEncodedText.Encode(n)}\""))}]}}";

    private static IEnumerable<RecordedKline> Klines(RecordedMessage recorded)
    {
        var message = recorded.Message;
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("topic", out var topic)) yield break;
        var name = topic.GetString()!;
        if (!name.StartsWith(Minutes, StringComparison.Ordinal)) yield break;
        foreach (var k in message.GetProperty("data").EnumerateArray())
        {
            yield return new RecordedKline(
                name[Minutes.Length..], k.GetProperty("start").GetInt64(), k.GetProperty("timestamp").GetInt64(), k.GetProperty("confirm").GetBoolean(),
                Text("open"), Text("high"), Text("low"), Text("close"), Text("volume"), Text("turnover"));

            string Text(string field) => k.GetProperty(field).GetString()!;
        }
    }
}
