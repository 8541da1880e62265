using System.Globalization;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>An alert in people's words, for the channels that people read.</summary>
internal static class AlertText
{
    public static string Title(OutgoingAlert message) => $"{Mark(message)} {message.Alert.Symbol} · {message.Alert.RuleType}";

    /// <summary>One line, for a digest.</summary>
    public static string Line(OutgoingAlert message) => $"{Title(message)} at {Number(message.Alert.Price)} ({Time(message.Alert)})";

    /// <summary>What several alerts in one message have in common.</summary>
    public static string DigestTitle(IReadOnlyList<OutgoingAlert> messages) => messages.All(message => message.Alert.RuleType == messages[0].Alert.RuleType)
        ? $"{Mark(messages.MaxBy(message => message.Alert.Severity)!)} {messages.Count} × {messages[0].Alert.RuleType}"
        : $"{messages.Count} alerts";

    public static string Summary(OutgoingAlert message) => message.Event switch
    {
        DeliveryEvent.Acknowledged => $"Acknowledged by {message.Alert.AcknowledgedBy}: {message.Alert.Description}",
        _ when message.Alert.State == AlertState.Resolved => $"Resolved: {message.Alert.Description}",
        _ => message.Alert.Description,
    };

    /// <summary>What made it fire: name and value, in a readable form.</summary>
    public static IEnumerable<(string Name, string Value)> Numbers(AlertEvent alert) =>
        alert.Metadata.Where(metric => double.IsFinite(metric.Value)).OrderBy(metric => metric.Key, StringComparer.Ordinal)
            .Select(metric => (metric.Key, Number(metric.Value)));

    /// <summary>Seven digits that count, whatever the size: 0.00001234, 65432.1, 4.57M.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1e9 => Format(value / 1e9, "0.##") + "B",
        >= 1e6 => Format(value / 1e6, "0.##") + "M",
        >= 1 => Format(value, "0.####"),
        0 => "0",
        _ => Format(value, "0.############"),
    };

    public static string Time(AlertEvent alert) => alert.Timestamp.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>At most so many UTF-16 units, cut between characters, the cut being visible.</summary>
    public static string Cut(string text, int limit)
    {
        if (text.Length <= limit) return text;
        var end = limit - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static string Mark(OutgoingAlert message) => message switch
    {
        { Event: DeliveryEvent.Test } => "🔔",
        { Event: DeliveryEvent.Acknowledged } => "👀",
        { Alert.State: AlertState.Resolved } => "✅",
        { Alert.Severity: AlertSeverity.Critical } => "🔴",
        { Alert.Severity: AlertSeverity.Warning } => "🟠",
        _ => "🔵",
    };

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
