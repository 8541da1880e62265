using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Storage.Alerts;

/// <summary>An alert event with its place in the ALERTS stream, and who acknowledged it when (unix ms).</summary>
public sealed record StoredAlert(AlertEvent Event, long StreamSequence, long? AcknowledgedAt = null, string? AcknowledgedBy = null);
