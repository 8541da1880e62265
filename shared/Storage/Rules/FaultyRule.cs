namespace CryptoScreener.Storage.Rules;

/// <summary>A rule whose version cannot run, and why.</summary>
public sealed record FaultyRule(string RuleId, int Version, string Errors);
