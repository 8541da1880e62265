using System.Diagnostics;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Hosting.Telemetry;

/// <summary>
/// One alert, one trace. It is begun when the alert is published and tells the stages before from the times that came along with the
/// frame, so that market data, of which nearly nothing becomes an alert, pays nothing for it.
/// </summary>
public static class AlertTrace
{
    private static readonly ActivitySource Source = new("CryptoScreener.Alerts");

    /// <summary>The root, which ends when it is disposed of; null while nobody records traces.</summary>
    public static Activity? Begin(AlertEvent alert)
    {
        var root = Source.StartActivity("alert", ActivityKind.Producer, default(ActivityContext), startTime: alert.Timestamp);
        if (root is null) return null;
        root.SetTag("alert.id", alert.Id).SetTag("alert.rule_id", alert.RuleId).SetTag("alert.state", alert.State.ToString());
        root.SetTag("exchange", alert.Exchange).SetTag("symbol", alert.Symbol);
        var happened = new DateTimeOffset(alert.Timestamp).ToUnixTimeMilliseconds();
        TraceStages.UntilEvaluated(Source, root, happened, alert.ReceivedAt, alert.CalculatedAt, alert.EvaluatedAt);
        return root;
    }

    /// <summary>What a later reader does with an alert, in the alert's own trace.</summary>
    public static Activity? Continue(string what, ActivityKind kind, AlertEvent? alert) =>
        ActivityContext.TryParse(alert?.TraceParent, null, isRemote: true, out var parent) ? Source.StartActivity(what, kind, parent) : null;
}
