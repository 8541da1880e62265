namespace CryptoScreener.Storage.Delivery;

/// <summary>How many deliveries an endpoint may get now: what its rate and its running attempts leave.</summary>
public readonly record struct EndpointRoom(string EndpointId, int Room);
