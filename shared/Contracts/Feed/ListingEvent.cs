namespace CryptoScreener.Contracts.Feed;

/// <summary>An instrument came or went while we were running.</summary>
public sealed record ListingEvent(string Exchange, string Symbol, bool Listed, long At);
