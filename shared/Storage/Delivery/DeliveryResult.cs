namespace CryptoScreener.Storage.Delivery;

/// <summary>How one attempt went.</summary>
/// <param name="State">Pending means: try again after <paramref name="RetryAfter"/>.</param>
/// <param name="EndpointIsWell">What it says of the endpoint; null for nothing, as when one message was refused.</param>
/// <param name="Counts">Whether it uses up one of the schedule's attempts.</param>
/// <param name="Response">The first bytes of the receiver's answer.</param>
public sealed record DeliveryResult(
    string Id, DeliveryState State, TimeSpan Duration, int? Status = null, string? Error = null, string? Response = null, TimeSpan RetryAfter = default,
    bool? EndpointIsWell = null, AttemptCounts Counts = AttemptCounts.InSchedule);
