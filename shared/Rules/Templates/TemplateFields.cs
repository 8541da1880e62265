using System.Globalization;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Rules.Templates;

/// <summary>The names a template may use, besides metrics.</summary>
internal static class TemplateFields
{
    public static readonly IReadOnlyList<string> Names =
    [
        "id", "type", "symbol", "exchange", "rule", "rule_id", "description", "severity", "state", "acknowledged_by", "time", "unix_time", "price",
    ];

    public static object Read(string name, string type, AlertEvent alert) => name switch
    {
        "id" => alert.Id,
        "type" => type,
        "symbol" => alert.Symbol,
        "exchange" => alert.Exchange,
        "rule" => alert.RuleType,
        "rule_id" => alert.RuleId,
        "description" => alert.Description,
        "severity" => alert.Severity.ToString().ToLowerInvariant(),
        "state" => alert.State.ToString().ToLowerInvariant(),
        "acknowledged_by" => alert.AcknowledgedBy ?? "",
        "time" => alert.Timestamp.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        "unix_time" => (double)new DateTimeOffset(alert.Timestamp.ToUniversalTime()).ToUnixTimeSeconds(),
        "price" => alert.Price,
        _ => throw new InvalidOperationException($"'{name}' was not refused when the template was read."),
    };
}
