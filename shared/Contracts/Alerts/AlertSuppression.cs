namespace CryptoScreener.Contracts.Alerts;

/// <summary>Why an alert is stored but not delivered.</summary>
/// <param name="By">The silence's id, or the id of the critical alert that says it all.</param>
public sealed record AlertSuppression(SuppressionReason Reason, string By);
