using System.Net.Http.Headers;
using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.Hosting;
using CryptoScreener.Rules.Templates;
using CryptoScreener.Storage.Delivery;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery.Webhook;

/// <summary>A program of the owner's: a signed POST as Standard Webhooks has it.</summary>
internal sealed class WebhookChannel(HttpPoster poster, TimeProvider time) : IChannel
{
    public string Kind => "webhook";

    public SendRate Rate => new(5_000, 1_000);

    public int DigestSize => 1;

    public Task<Attempt> SendAsync(Endpoint endpoint, EndpointChoices settings, IReadOnlyList<OutgoingAlert> alerts, CancellationToken stop)
    {
        var message = alerts[0];
        var body = settings.Template is { } template ? Template.Parse(template).Render(message.Type, message.Alert) : WebhookBody.Of(message);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", $"{now}");
        request.Headers.Add(CorrelationIds.Header, AlertCorrelation.IdOf(message.Alert));
        if (endpoint.Secrets.Count > 0) request.Headers.Add("webhook-signature", WebhookSignature.Of(endpoint.Secrets, message.Id, now, body.Span));
        return poster.PostAsync(request, stop);
    }
}
