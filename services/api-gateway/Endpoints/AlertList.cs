using System.Text.Json;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Storage.Alerts;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Alerts as the bus has them, with who took them over.</summary>
internal sealed class AlertList(IReadOnlyList<StoredAlert> alerts) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(httpContext.Response.Body);
        json.WriteStartArray();
        foreach (var alert in alerts) Write(json, alert);
        json.WriteEndArray();
    }

    internal static void Write(Utf8JsonWriter json, StoredAlert alert)
    {
        using var fields = JsonSerializer.SerializeToDocument(alert.Event with { AcknowledgedBy = null }, ContractsJson.Default.AlertEvent);
        json.WriteStartObject();
        foreach (var field in fields.RootElement.EnumerateObject()) field.WriteTo(json);
        if (alert.AcknowledgedAt is { } at) json.WriteString("acknowledged_at", ApiTime.Of(at));
        else json.WriteNull("acknowledged_at");
        json.WriteString("acknowledged_by", alert.AcknowledgedBy ?? alert.Event.AcknowledgedBy);
        json.WriteEndObject();
    }

    internal sealed class One(StoredAlert alert) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json";
            await using var json = new Utf8JsonWriter(httpContext.Response.Body);
            Write(json, alert);
        }
    }
}
