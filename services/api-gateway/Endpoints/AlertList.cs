using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Storage.Alerts;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>
/// Alerts as they are stored, with who took them over. The bytes are joined, never parsed: to read an alert only to write it again
/// and add two fields would be most of the work.
/// </summary>
internal sealed class AlertList(IReadOnlyList<AlertRow> alerts) : IResult
{
    private const int FlushAt = 64 * 1024;

    public static AlertRow TextOf(StoredAlert alert) => new(
        alert.Event.Id, ApiTime.ToUnixMs(alert.Event.Timestamp),
        JsonSerializer.SerializeToUtf8Bytes(alert.Event with { AcknowledgedBy = null }, ContractsJson.Default.AlertEvent),
        alert.AcknowledgedAt, alert.AcknowledgedBy ?? alert.Event.AcknowledgedBy);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        var output = httpContext.Response.BodyWriter;
        output.Write("["u8);
        for (var i = 0; i < alerts.Count; i++)
        {
            if (i > 0) output.Write(","u8);
            Write(output, alerts[i]);
            if (output.UnflushedBytes > FlushAt) await output.FlushAsync(httpContext.RequestAborted);
        }

        output.Write("]"u8);
        await output.FlushAsync(httpContext.RequestAborted);
    }

    internal static void Write(IBufferWriter<byte> output, AlertRow alert)
    {
        var taken = JsonSerializer.SerializeToUtf8Bytes(new TakenOver(ApiTime.Of(alert.AcknowledgedAt), alert.AcknowledgedBy), AlertListJson.Default.TakenOver);
        taken[0] = (byte)',';
        output.Write(alert.Json.AsSpan(..^1));
        output.Write(taken);
    }

    internal sealed class One(StoredAlert alert) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json";
            Write(httpContext.Response.BodyWriter, TextOf(alert));
            await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
        }
    }
}

internal sealed record TakenOver(DateTime? AcknowledgedAt, string? AcknowledgedBy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TakenOver))]
internal sealed partial class AlertListJson : JsonSerializerContext;
