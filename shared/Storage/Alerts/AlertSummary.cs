using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Storage.Alerts;

/// <summary>What happened since a time: firings, counted in several ways.</summary>
/// <param name="Active">Rules on instruments whose newest firing has not ended; only of rules that still run and tell an end.</param>
public sealed record AlertSummary(
    long Total,
    long Acknowledged,
    long Active,
    IReadOnlyDictionary<AlertSeverity, long> BySeverity,
    IReadOnlyList<(string RuleId, long Count)> ByRule,
    IReadOnlyList<(string Exchange, string Symbol, long Count)> BySymbol);
