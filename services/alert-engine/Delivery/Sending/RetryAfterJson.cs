using System.Text.Json;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>Discord and Telegram say in the body how long to wait.</summary>
internal static class RetryAfterJson
{
    public static TimeSpan? Read(string body)
    {
        if (!body.StartsWith('{')) return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            var holder = json.RootElement.TryGetProperty("parameters", out var parameters) ? parameters : json.RootElement;
            return holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty("retry_after", out var seconds)
                && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out var value) && value is > 0 and < 1e6
                    ? TimeSpan.FromSeconds(value)
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // cut, or not JSON, or a name with half a character in it
        }
    }
}
