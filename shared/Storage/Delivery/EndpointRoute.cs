namespace CryptoScreener.Storage.Delivery;

/// <summary>An endpoint that is on, as far as routing needs it.</summary>
/// <param name="Owner">Null for the operator's own.</param>
public readonly record struct EndpointRoute(string Id, string? Owner);
