using System.Globalization;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Contracts.Bus;

/// <summary>Every subject of the bus. Built once per instrument or partition by its user, never per message.</summary>
public static class Subjects
{
    public const string AllAlerts = "alerts.>";
    public const string AllFeeds = "feed.>";
    public const string AllStatus = "status.>";
    public const string AllCandles = "candles.>";
    public const string AllLiveFrames = "metrics.live.>";
    public const string AllClosedFrames = "metrics.closed.>";
    public const string RulesChanged = "control.rules.changed";

    /// <summary>API keys were revoked: gateways forget whom they have let in lately.</summary>
    public const string KeysChanged = "control.keys.changed";

    /// <summary>What Alertmanager told one gateway, for all of them: it posts to whichever answers.</summary>
    public const string OperatorAlerts = "control.operator_alerts";

    public static string CandleClosed(int partition, InstrumentId i) => Text($"candles.closed.{partition}.{i.Exchange}.{i.Symbol}.1m");

    public static string CandleLive(int partition, InstrumentId i) => Text($"candles.live.{partition}.{i.Exchange}.{i.Symbol}.1m");

    /// <summary>
    /// A mark stands under the closed candles it speaks of, one token shorter: one filter reads both, in publishing order
    /// (a server before 2.10 takes one filter per reader, which must lie within one subject of the stream).
    /// </summary>
    public static string CandleMark(int partition, string exchange) => Text($"candles.closed.{partition}.{exchange}");

    public static string MetricsClosed(int partition, InstrumentId i) => Text($"metrics.closed.{partition}.{i.Exchange}.{i.Symbol}");

    public static string MetricsLive(int partition, InstrumentId i) => Text($"metrics.live.{partition}.{i.Exchange}.{i.Symbol}");

    public static string MetricsMark(int partition, string exchange) => Text($"metrics.closed.{partition}.{exchange}");

    public static string MetricsCatalogue(ulong hash) => Text($"metrics.catalogue.{hash:x16}");

    public static string Alert(InstrumentId i, string ruleId, string alertId) => $"alerts.{i.Exchange}.{i.Symbol}.{ruleId}.{alertId}";

    public static string Feed(string exchange, string kind) => $"feed.{exchange}.{kind}";

    public static string Status(string service, string instance) => $"status.{service}.{instance}";

    /// <summary>Closed candles and marks of one partition, from the stream or as they are published.</summary>
    public static string ClosedCandlesOf(int partition) => Text($"candles.closed.{partition}.>");

    public static string LiveCandlesOf(int partition) => Text($"candles.live.{partition}.>");

    /// <summary>Closed frames and marks of one partition.</summary>
    public static string ClosedMetricsOf(int partition) => Text($"metrics.closed.{partition}.>");

    public static string LiveMetricsOf(int partition) => Text($"metrics.live.{partition}.>");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
