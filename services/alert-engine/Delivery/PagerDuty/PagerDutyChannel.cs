using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.Storage.Delivery;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery.PagerDuty;

/// <summary>A PagerDuty service: the endpoint's secret is its routing key, its address the Events API.</summary>
internal sealed class PagerDutyChannel(HttpPoster poster) : IChannel
{
    public string Kind => "pagerduty";

    public SendRate Rate => new(2, 20);

    public int DigestSize => 1; // each alert is an incident of its own

    public Task<Attempt> SendAsync(Endpoint endpoint, EndpointChoices settings, IReadOnlyList<OutgoingAlert> alerts, CancellationToken stop) =>
        endpoint.Secrets.Count == 0
            ? Task.FromResult(new Attempt(AttemptOutcome.EndpointGone, Error: "it needs the service's routing key as its secret"))
            : poster.PostAsync(
                new HttpRequestMessage(HttpMethod.Post, $"{endpoint.Url.TrimEnd('/')}/v2/enqueue")
                {
                    Content = JsonContent.Create(PagerDutyEvent.Of(endpoint.Secrets[0], alerts[0])),
                },
                stop,
                static (status, _) => status == 400 ? AttemptOutcome.Rejected : null);
}
