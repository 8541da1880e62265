using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Json;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery.Webhook;

/// <summary>How one attempt went.</summary>
internal readonly record struct Attempt(bool Succeeded, bool IsPermanent, int? Status, string? Error, TimeSpan? RetryAfter);

/// <summary>Posts an alert to a receiver: one attempt, signed, no redirects, nothing of the answer kept but its status.</summary>
internal sealed class WebhookSender(HttpClient http, TimeProvider time)
{
    public async Task<Attempt> SendAsync(Endpoint endpoint, string messageId, AlertEvent alert, CancellationToken stop)
    {
        try
        {
            return await PostAsync(endpoint, messageId, alert, stop);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return new Attempt(false, false, null, e is OperationCanceledException ? "no answer in time" : e.Message, null);
        }
        catch (Exception e) when (e is UriFormatException or FormatException or NotSupportedException or InvalidOperationException)
        {
            return new Attempt(false, true, null, $"its settings cannot work: {e.Message}", null);
        }
    }

    private async Task<Attempt> PostAsync(Endpoint endpoint, string messageId, AlertEvent alert, CancellationToken stop)
    {
        var body = BodyOf(alert);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", messageId);
        request.Headers.Add("webhook-timestamp", $"{now}");
        request.Headers.Add("webhook-signature", WebhookSignature.Of(endpoint.Secrets, messageId, now, body.Span));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode) return new Attempt(true, false, status, null, null);
        return new Attempt(false, response.StatusCode == HttpStatusCode.Gone, status, $"answered {status}", response.Headers.RetryAfter?.Delta);
    }

    private static ReadOnlyMemory<byte> BodyOf(AlertEvent alert)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", alert.State == AlertState.Fired ? "alert.fired" : "alert.resolved");
        json.WriteString("timestamp", alert.Timestamp);
        json.WritePropertyName("data");
        JsonSerializer.Serialize(json, alert, ContractsJson.Default.AlertEvent);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
