using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.AlertEngine.Suppression;

/// <summary>What a checkpoint holds of an instrument's suppressions, so that a restart decides no differently.</summary>
internal sealed record SavedSuppression(Dictionary<string, CriticalAlert> Criticals, Dictionary<string, AlertSuppression> Firings);

/// <summary>The last critical alert that was delivered.</summary>
/// <param name="At">Event time in unix ms.</param>
internal sealed record CriticalAlert(string Id, long At);
