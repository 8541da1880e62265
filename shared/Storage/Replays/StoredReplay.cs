namespace CryptoScreener.Storage.Replays;

/// <summary>A replay as its asker sees it.</summary>
/// <param name="Progress">From 0 to 1.</param>
/// <param name="Result">JSON, when it is done.</param>
public sealed record StoredReplay(string Id, string? Owner, ReplayState State, double Progress, string? Error, string? Result, long CreatedAt);

/// <summary>A replay that is ours to run while we go on saying so.</summary>
public sealed record ClaimedReplay(string Id, Guid Claim, ReplayRequest Request);
