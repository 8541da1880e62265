using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>What one attempt sends: a delivery, or several in a digest.</summary>
/// <param name="IsProbe">It shows whether an endpoint whose circuit is open works again.</param>
internal readonly record struct OutgoingMessage(ClaimedDelivery[] Deliveries, bool IsProbe);
