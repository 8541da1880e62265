using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.Storage.Rules;

/// <summary>A rule with what is known of it. Times are unix ms.</summary>
/// <param name="Fault">Why its newest version cannot run; null when it can.</param>
public sealed record RuleOverview(RuleDefinition Definition, long UpdatedAt, FaultyRule? Fault);

/// <summary>One version of a rule, and who made it.</summary>
public sealed record RuleVersion(RuleDefinition Definition, long ChangedAt, string? ChangedBy);
