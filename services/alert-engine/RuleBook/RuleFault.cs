namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>Why a version of a rule cannot run.</summary>
internal sealed record RuleFault(int Version, string Errors);
