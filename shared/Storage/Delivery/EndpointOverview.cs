namespace CryptoScreener.Storage.Delivery;

/// <summary>An endpoint with what waits for it and what was given up. Created at: unix ms.</summary>
public sealed record EndpointOverview(Endpoint Endpoint, long CreatedAt, long Pending, long Dead);
