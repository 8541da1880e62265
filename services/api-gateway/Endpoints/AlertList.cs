using System.Text.Json;
using System.Text.Json.Serialization;
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
        // Two halves of one object, joined as bytes: to read the first half again only to add two fields would be most of the work.
        var said = JsonSerializer.SerializeToUtf8Bytes(alert.Event with { AcknowledgedBy = null }, ContractsJson.Default.AlertEvent);
        var taken = JsonSerializer.SerializeToUtf8Bytes(
            new TakenOver(ApiTime.Of(alert.AcknowledgedAt), alert.AcknowledgedBy ?? alert.Event.AcknowledgedBy), AlertListJson.Default.TakenOver);
        taken[0] = (byte)',';
        json.WriteRawValue([.. said.AsSpan(..^1), .. taken], skipInputValidation: true);
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

internal sealed record TakenOver(DateTime? AcknowledgedAt, string? AcknowledgedBy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TakenOver))]
internal sealed partial class AlertListJson : JsonSerializerContext;
