using System.Buffers;
using System.Text.Json;
using CryptoScreener.Contracts.Json;

namespace CryptoScreener.AlertEngine.Delivery.Webhook;

/// <summary>The standard body: <c>{type, timestamp, data}</c>, data being the alert.</summary>
internal static class WebhookBody
{
    public static ReadOnlyMemory<byte> Of(OutgoingAlert message)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", message.Type);
        json.WriteString("timestamp", message.Alert.Timestamp);
        json.WritePropertyName("data");
        JsonSerializer.Serialize(json, message.Alert, ContractsJson.Default.AlertEvent);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
