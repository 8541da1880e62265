using System.Globalization;
using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Recording;

namespace CryptoScreener.ExchangeSimulator.Okx;

/// <summary>Recordings of OKX's channels; one of an instrument is written <c>channel:instrument</c>.</summary>
internal static class OkxRecording
{
    private const string Minutes = "candle1m";

    public static readonly StreamProtocol Protocol = new(
        Minutes + ":BTC-USDT-SWAP", name => name.Split(':') is [{ Length: > 0 }, { Length: > 0 }] && !name.Contains('@', StringComparison.Ordinal),
        Subscribe, "ping"u8.ToArray(), Klines);

    private static string Subscribe(IEnumerable<string> names, int id) => $"{{\"op\":\"subscribe\",\"args\":[{string.Join(',', names.Select(Argument))}]}}";

    private static string Argument(string name)
    {
        var parts = name.Split(':');
        return $"{{\"channel\":\"{JsonEncodedText.Encode(parts[0])}\",\"instId\":\"{JsonEncodedText.Encode(parts[1])}\"}}";
    }

    /// <summary>A row is time, open, high, low, close, contracts, base volume, quote volume, whether it is closed. When it was sent it does not tell.</summary>
    private static IEnumerable<RecordedKline> Klines(RecordedMessage recorded)
    {
        var message = recorded.Message;
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("data", out var rows)) yield break;
        if (!message.TryGetProperty("arg", out var arg) || arg.GetProperty("channel").GetString() != Minutes) yield break;
        foreach (var row in rows.EnumerateArray())
        {
            yield return new RecordedKline(
                arg.GetProperty("instId").GetString()!, long.Parse(Text(0), CultureInfo.InvariantCulture), recorded.At, Text(8) == "1",
                Text(1), Text(2), Text(3), Text(4), Text(6), Text(7));

            string Text(int column) => row[column].GetString()!;
        }
    }
}
