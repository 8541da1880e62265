namespace CryptoScreener.Contracts.Feed;

/// <summary>A subscription that was acknowledged delivered nothing while its instrument traded, and what was done about it.</summary>
public sealed record StallEvent(string Exchange, string Symbol, string Action, long At);
