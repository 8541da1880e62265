namespace CryptoScreener.Storage.Delivery;

/// <summary>How many deliveries an endpoint may get now: what its rate and its running attempts leave.</summary>
/// <param name="Running">How many run: when not all that is due fits, those with the fewest come first.</param>
public readonly record struct EndpointRoom(string EndpointId, int Room, int Running = 0);
