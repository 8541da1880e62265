using System.Globalization;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Contracts.Bus;

/// <summary>Every subject of the bus. Built once per instrument or partition by its user, never per message.</summary>
public static class Subjects
{
    public const string AllAlerts = "alerts.>";
    public const string AllFeeds = "feed.>";
    public const string AllStatus = "status.>";
    public const string AllLiveFrames = "metrics.live.>";
    public const string AllClosedFrames = "metrics.closed.>";
    public const string RulesChanged = "control.rules.changed";

    public static string CandleClosed(int partition, InstrumentId i) => Text($"candles.closed.{partition}.{i.Exchange}.{i.Symbol}.1m");

    public static string CandleLive(int partition, InstrumentId i) => Text($"candles.live.{partition}.{i.Exchange}.{i.Symbol}.1m");

    public static string CandleMark(int partition, string exchange) => Text($"candles.mark.{partition}.{exchange}");

    public static string MetricsClosed(int partition, InstrumentId i) => Text($"metrics.closed.{partition}.{i.Exchange}.{i.Symbol}");

    public static string MetricsLive(int partition, InstrumentId i) => Text($"metrics.live.{partition}.{i.Exchange}.{i.Symbol}");

    public static string MetricsMark(int partition, string exchange) => Text($"metrics.mark.{partition}.{exchange}");

    public static string MetricsCatalogue(ulong hash) => Text($"metrics.catalogue.{hash:x16}");

    public static string Alert(InstrumentId i, string ruleId, string alertId) => $"alerts.{i.Exchange}.{i.Symbol}.{ruleId}.{alertId}";

    public static string Feed(string exchange, string kind) => $"feed.{exchange}.{kind}";

    public static string Status(string service, string instance) => $"status.{service}.{instance}";

    /// <summary>All that the CANDLES stream keeps of one partition: closed candles and marks, in publishing order.</summary>
    public static string StoredCandlesOf(int partition) => Text($"candles.*.{partition}.>");

    public static string LiveCandlesOf(int partition) => Text($"candles.live.{partition}.>");

    /// <summary>Closed candles and marks as the publisher sent them, ahead of the stream.</summary>
    public static string ClosedCandlesOf(int partition) => Text($"candles.closed.{partition}.>");

    /// <summary>All that the METRICS stream keeps of one partition: closed frames and marks.</summary>
    public static string StoredMetricsOf(int partition) => Text($"metrics.*.{partition}.>");

    public static string LiveMetricsOf(int partition) => Text($"metrics.live.{partition}.>");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
