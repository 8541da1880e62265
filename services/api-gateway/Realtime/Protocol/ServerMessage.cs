using System.Text.Json;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Demands;
using CryptoScreener.ApiGateway.Endpoints;

namespace CryptoScreener.ApiGateway.Realtime.Protocol;

/// <summary>Everything a socket says of itself; what channels say comes from their topics.</summary>
internal static class ServerMessage
{
    public static byte[] Welcome(string connection, long? epoch, DateTimeOffset now, RealtimeOptions limits) => JsonText.Of(json =>
    {
        json.WriteString("type", "welcome");
        json.WriteString("connection", connection);
        if (epoch is { } known) json.WriteString("epoch", AlertEpoch.Text(known));
        else json.WriteNull("epoch");
        json.WriteString("server_time", now.UtcDateTime);
        json.WriteStartObject("limits");
        json.WriteNumber("message_bytes", limits.MaxInboundBytes);
        json.WriteNumber("messages_per_second", limits.InboundPerSecond);
        json.WriteNumber("outbound_per_second", limits.OutboundPerSecond);
        json.WriteNumber("subscriptions", limits.MaxSubscriptions);
        json.WriteNumber("columns", limits.MaxColumns);
        json.WriteNumber("screener_rows", limits.MaxScreenerRows);
        json.WriteNumber("conflate_ms", limits.ConflateMilliseconds);
        json.WriteNumber("ping_seconds", limits.PingInterval.TotalSeconds);
        json.WriteEndObject();
    });

    public static byte[] Ok(string id) => JsonText.Of(json =>
    {
        json.WriteString("type", "ok");
        json.WriteString("id", id);
    });

    public static byte[] Subscribed(string id, string subscription, IReadOnlyList<DemandedMetric> demanded) => JsonText.Of(json =>
    {
        json.WriteString("type", "ok");
        json.WriteString("id", id);
        json.WriteString("subscription", subscription);
        if (demanded.Count == 0) return;
        json.WritePropertyName("demanded");
        JsonSerializer.Serialize(json, demanded, ApiJson.Options);
    });

    public static byte[] Subscribed(string id, string subscription, AlertStart start) => JsonText.Of(json =>
    {
        json.WriteString("type", "ok");
        json.WriteString("id", id);
        json.WriteString("subscription", subscription);
        json.WriteString("epoch", AlertEpoch.Text(start.Cursor.Epoch));
        json.WriteNumber("sequence", start.From);
        json.WriteBoolean("recovered", start.Recovered);
    });

    /// <summary>How far a follower of alerts is, when nothing was for it for a while.</summary>
    public static byte[] Place(string subscription, AlertCursor cursor) => JsonText.Of(json =>
    {
        json.WriteString("type", "place");
        json.WriteString("subscription", subscription);
        json.WriteNumber("sequence", cursor.Sequence);
        json.WriteString("epoch", AlertEpoch.Text(cursor.Epoch));
    });

    public static byte[] Error(string? id, string code, string message) => JsonText.Of(json =>
    {
        json.WriteString("type", "error");
        if (id is not null) json.WriteString("id", id);
        json.WriteString("code", code);
        json.WriteString("message", message);
    });

    public static byte[] Pong(string id) => JsonText.Of(json =>
    {
        json.WriteString("type", "pong");
        json.WriteString("id", id);
    });

    public static byte[] Shutdown(TimeSpan reconnectAfter) => JsonText.Of(json =>
    {
        json.WriteString("type", "shutdown");
        json.WriteNumber("reconnect_after_ms", (long)reconnectAfter.TotalMilliseconds);
    });
}
