using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery.Routing;

/// <summary>
/// Where an alert goes: to the endpoints its rule names; without any, by its owner's policy for its severity; without one, to all the
/// owner's endpoints at once. Never to somebody else's. Pure.
/// </summary>
internal sealed class DeliveryRouting(IEnumerable<EndpointRoute> endpoints, IEnumerable<EscalationPolicy> policies, IReadOnlyDictionary<string, string[]> ofRules)
{
    private readonly ILookup<string, EndpointRoute> _endpoints = endpoints.ToLookup(endpoint => endpoint.Owner ?? "", StringComparer.Ordinal);
    private readonly ILookup<string, EscalationPolicy> _policies = policies.ToLookup(policy => policy.Owner ?? "", StringComparer.Ordinal);

    public IEnumerable<NewDelivery> Of(AlertEvent alert)
    {
        // Whoever heard of an alert hears of its acknowledgement: the store wrote those deliveries when it was given.
        if (alert.State == AlertState.Acknowledged) return [];
        // Of an end the store decides: it knows whether its firing was told.
        if (alert.State == AlertState.Fired && (alert.Late || alert.Suppressed is not null)) return [];
        var owned = _endpoints[alert.Owner ?? ""].Select(endpoint => endpoint.Id).ToHashSet(StringComparer.Ordinal);
        if (ofRules.TryGetValue(alert.RuleId, out var named)) return AtOnce(alert, named.Where(owned.Contains));
        return PolicyOf(alert) is { } policy ? BySteps(alert, policy, owned) : AtOnce(alert, owned);
    }

    private EscalationPolicy? PolicyOf(AlertEvent alert)
    {
        var ofOwner = _policies[alert.Owner ?? ""];
        return ofOwner.FirstOrDefault(policy => policy.Severity == alert.Severity) ?? ofOwner.FirstOrDefault(policy => policy.Severity is null);
    }

    // An end is told at once to those who hear first, by the store to those who had heard later; nobody is woken for it.
    private static IEnumerable<NewDelivery> BySteps(AlertEvent alert, EscalationPolicy policy, HashSet<string> owned) =>
        from step in policy.Steps.Select((step, index) => (step.AfterSeconds, step.Endpoints, Index: index))
        where alert.State == AlertState.Fired || step.AfterSeconds == 0
        from endpoint in step.Endpoints
        where owned.Contains(endpoint)
        select new NewDelivery(alert.Id, endpoint, TimeSpan.FromSeconds(step.AfterSeconds), step.AfterSeconds == 0 ? 0 : step.Index + 1, alert.Resolves);

    private static IEnumerable<NewDelivery> AtOnce(AlertEvent alert, IEnumerable<string> endpoints) =>
        endpoints.Distinct(StringComparer.Ordinal).Select(endpoint => new NewDelivery(alert.Id, endpoint, Follows: alert.Resolves));
}
