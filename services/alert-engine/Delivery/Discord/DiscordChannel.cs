using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.Storage.Delivery;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery.Discord;

/// <summary>A Discord channel, by its webhook's address.</summary>
internal sealed class DiscordChannel(HttpPoster poster) : IChannel
{
    private const int UnknownWebhook = 404;

    public string Kind => "discord";

    public SendRate Rate => new(0.5, 5); // 30 a minute and channel, 5 in 2 seconds

    public int DigestSize => 20;

    public Task<Attempt> SendAsync(Endpoint endpoint, EndpointChoices settings, IReadOnlyList<OutgoingAlert> alerts, CancellationToken stop) =>
        poster.PostAsync(
            // Without wait=true a message that is not saved looks like one that is.
            new HttpRequestMessage(HttpMethod.Post, endpoint.Url + (endpoint.Url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "wait=true")
            {
                Content = JsonContent.Create(DiscordMessage.Of(alerts)),
            },
            stop,
            static (status, _) => status == UnknownWebhook ? AttemptOutcome.EndpointGone : status == 400 ? AttemptOutcome.Rejected : null);
}
