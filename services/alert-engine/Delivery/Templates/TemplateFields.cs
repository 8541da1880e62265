using System.Globalization;

namespace CryptoScreener.AlertEngine.Delivery.Templates;

/// <summary>The names a template may use, besides metrics.</summary>
internal static class TemplateFields
{
    public static readonly IReadOnlyList<string> Names =
        ["id", "type", "symbol", "exchange", "rule", "rule_id", "description", "severity", "state", "time", "unix_time", "price"];

    public static object Read(string name, OutgoingAlert message) => name switch
    {
        "id" => message.Alert.Id,
        "type" => message.Type,
        "symbol" => message.Alert.Symbol,
        "exchange" => message.Alert.Exchange,
        "rule" => message.Alert.RuleType,
        "rule_id" => message.Alert.RuleId,
        "description" => message.Alert.Description,
        "severity" => message.Alert.Severity.ToString().ToLowerInvariant(),
        "state" => message.Alert.State.ToString().ToLowerInvariant(),
        "time" => message.Alert.Timestamp.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        "unix_time" => (double)new DateTimeOffset(message.Alert.Timestamp.ToUniversalTime()).ToUnixTimeSeconds(),
        "price" => message.Alert.Price,
        _ => throw new InvalidOperationException($"'{name}' was not refused when the template was read."),
    };
}
