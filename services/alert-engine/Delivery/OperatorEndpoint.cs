using CryptoScreener.Storage.Delivery;
using Microsoft.Extensions.Options;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>
/// The webhook of the configuration, as an endpoint like all others: added once, then its address and secret follow the configuration
/// when that changes. A start undoes nothing: neither a rotated secret nor another address of the API, nor what was paused or switched off.
/// </summary>
internal sealed class OperatorEndpoint(EndpointStore endpoints, IOptions<DeliveryOptions> options, ILogger<OperatorEndpoint> logger)
{
    private const string Id = "operator-webhook";
    private const string NotConfigured = "no longer configured";

    public async Task SaveAsync(CancellationToken stop)
    {
        if (options.Value.Webhook is not { Url: { } url, Secret: { } secret })
        {
            await endpoints.DisableAsync(Id, NotConfigured, stop);
            return;
        }

        await endpoints.EnsureAsync(new Endpoint { Id = Id, Name = "Operator's webhook", Kind = "webhook", Url = url, Secrets = [secret] }, stop);
        if (await endpoints.FindAsync(Id, stop) is not { IsLocked: false } stored) return; // another engine, which has its key, keeps it
        if (await endpoints.ConfigureAsync(Id, url, secret, stop) && (stored.Url != url || stored.Secrets is not [var first, ..] || first != secret)) DeliveryLog.OperatorChanged(logger);
        if (stored.Enabled && !stored.Paused) return;
        if (stored.Paused) DeliveryLog.OperatorPaused(logger);
        if (!stored.Enabled && !await endpoints.EnableAsync(Id, NotConfigured, stop)) DeliveryLog.OperatorOff(logger, stored.DisabledReason ?? "");
    }
}
