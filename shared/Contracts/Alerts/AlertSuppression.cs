namespace CryptoScreener.Contracts.Alerts;

/// <summary>Why an alert is stored but not delivered.</summary>
/// <param name="By">The silence's id, or the id of the alert that says it all: a critical one, or the one whose cooldown lasts.</param>
public sealed record AlertSuppression(SuppressionReason Reason, string By);
