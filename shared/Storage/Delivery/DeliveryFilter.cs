namespace CryptoScreener.Storage.Delivery;

/// <summary>Which deliveries; what is null does not restrict.</summary>
/// <param name="Owner">Whose endpoints'; null for the operator's own.</param>
/// <param name="OfEveryOwner">All, for administrators.</param>
public sealed record DeliveryFilter(string? Owner, bool OfEveryOwner, string? EndpointId = null, string? AlertId = null, string? Id = null, DeliveryState? State = null);
