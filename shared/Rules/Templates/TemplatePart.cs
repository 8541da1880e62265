using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Rules.Templates;

/// <summary>A piece of a template: text as it stands, or a placeholder of so many characters.</summary>
internal readonly record struct TemplatePart(string Text, TemplateExpression? Expression = null, string? Format = null, bool InString = false)
{
    /// <summary>
    /// Something as long as the placeholder that is JSON only where a placeholder may stand. null, because behind it or before it nothing
    /// may stand; digits would join those that the author wrote beside.
    /// </summary>
    public string StandIn => Expression is null ? Text : InString ? new string('x', Text.Length) : "null".PadRight(Text.Length);

    public string Render(string type, AlertEvent alert) => Expression is null ? Text : Json(Expression.Evaluate(type, alert));

    private string Json(object value)
    {
        var text = value switch
        {
            double number when !double.IsFinite(number) => null,
            double number => number.ToString(Format ?? "R", CultureInfo.InvariantCulture),
            _ => (string)value,
        };
        if (InString) return text is null ? "" : JsonEncodedText.Encode(text).ToString();
        if (text is null) return "null";
        // A format such as 0,000 or 0% gives what JSON does not take for a number.
        return value is double && IsJsonNumber(text) ? text : $"\"{JsonEncodedText.Encode(text)}\"";
    }

    private static bool IsJsonNumber(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
