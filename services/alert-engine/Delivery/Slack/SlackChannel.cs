using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.Storage.Delivery;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery.Slack;

/// <summary>A Slack channel, by its incoming webhook's address.</summary>
internal sealed class SlackChannel(HttpPoster poster) : IChannel
{
    public string Kind => "slack";

    public SendRate Rate => new(1, 3);

    public int DigestSize => 20;

    public Task<Attempt> SendAsync(Endpoint endpoint, EndpointChoices settings, IReadOnlyList<OutgoingAlert> alerts, CancellationToken stop) =>
        poster.PostAsync(
            new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = JsonContent.Create(SlackMessage.Of(alerts)) },
            stop,
            static (status, body) => status switch
            {
                400 when body.StartsWith("invalid_payload", StringComparison.Ordinal) => AttemptOutcome.Rejected,
                403 or 404 or 410 => AttemptOutcome.EndpointGone,
                _ => null,
            });
}
