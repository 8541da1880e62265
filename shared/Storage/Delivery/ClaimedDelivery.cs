using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Storage.Delivery;

/// <summary>A delivery that is ours to send until the claim ends. The id is the webhook id, the same over all attempts.</summary>
/// <param name="Alert">What to tell: of an acknowledgement, that itself. Null for a test.</param>
/// <param name="Attempts">How often it was attempted before, since it was last asked for.</param>
/// <param name="WantedAt">When the receiver should have had it, unix ms: its age counts from here.</param>
/// <param name="IsReplay">Somebody asked for it again.</param>
public sealed record ClaimedDelivery(
    string Id, string EndpointId, DeliveryEvent Event, AlertEvent? Alert, int Attempts, long WantedAt, bool IsReplay = false);
