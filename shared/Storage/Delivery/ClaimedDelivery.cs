using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Storage.Delivery;

/// <summary>A delivery that is ours to send until the claim ends. The id is the webhook id, the same over all attempts.</summary>
/// <param name="Alert">Null for a test.</param>
/// <param name="Attempts">How often it was attempted before.</param>
/// <param name="CreatedAt">When the alert was recorded, unix ms.</param>
public sealed record ClaimedDelivery(string Id, string EndpointId, DeliveryEvent Event, AlertEvent? Alert, int Attempts, long CreatedAt);
