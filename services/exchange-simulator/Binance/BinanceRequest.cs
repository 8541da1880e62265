using System.Text.Json;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>What a client asked over the socket: a method, its names, and the id exactly as written, to be repeated in the answer.</summary>
internal sealed record BinanceRequest(string Method, string[] Names, string Id, bool? Value)
{
    /// <summary>Null with a ready answer when the text is not a request.</summary>
    public static BinanceRequest? Parse(ReadOnlySpan<byte> text, out string refusal)
    {
        refusal = "";
        try
        {
            var reader = new Utf8JsonReader(text);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            var id = root.TryGetProperty("id", out var given) ? given.GetRawText() : "null";
            if (!root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
            {
                refusal = Error(2, "Invalid request: missing field `method`", id);
                return null;
            }

            var names = new List<string>();
            bool? value = null;
            if (root.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Array)
            {
                foreach (var parameter in parameters.EnumerateArray())
                {
                    if (parameter.ValueKind == JsonValueKind.String) names.Add(parameter.GetString()!);
                    else if (parameter.ValueKind is JsonValueKind.True or JsonValueKind.False) value = parameter.GetBoolean();
                }
            }

            return new BinanceRequest(method.GetString()!, [.. names], id, value);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            refusal = Error(3, "Invalid JSON: expected value at line 1 column 1", "null");
            return null;
        }
    }

    public static string Error(int code, string message, string id) => $"{{\"error\":{{\"code\":{code},\"msg\":\"{message}\"}},\"id\":{id}}}";
}
