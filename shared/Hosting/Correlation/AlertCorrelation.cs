using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Hosting;

/// <summary>
/// What is done for an alert, in whichever worker, is tied together by the id of its firing: it travels in every message about the alert,
/// so that its end and its acknowledgement carry it too, traced or not.
/// </summary>
public static class AlertCorrelation
{
    public static string IdOf(AlertEvent alert) => alert.Acknowledges ?? alert.Resolves ?? alert.Id;

    public static Correlation.Scope Begin(AlertEvent alert) => Correlation.Begin(IdOf(alert));
}
