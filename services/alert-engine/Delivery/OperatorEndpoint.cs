using CryptoScreener.Storage.Delivery;
using Microsoft.Extensions.Options;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>The webhook of the configuration, as an endpoint like all others.</summary>
internal sealed class OperatorEndpoint(EndpointStore endpoints, IOptions<DeliveryOptions> options)
{
    private const string Id = "operator-webhook";

    public Task SaveAsync(CancellationToken stop)
    {
        var webhook = options.Value.Webhook;
        return webhook.Url is null
            ? endpoints.DisableAsync(Id, "no longer configured", stop)
            : endpoints.SaveAsync(new Endpoint { Id = Id, Name = "Operator's webhook", Kind = "webhook", Url = webhook.Url, Secrets = [webhook.Secret!] }, stop);
    }
}
