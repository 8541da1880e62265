using System.Globalization;
using System.Text.Json;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>Numbers as exchanges write them: some as JSON numbers, most in strings, and not always the same way for long.</summary>
internal static class JsonNumbers
{
    public static double Number(ref Utf8JsonReader json) =>
        IsNumeric(json.TokenType) && double.TryParse(json.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException("not a number");

    public static long Integer(ref Utf8JsonReader json) =>
        IsNumeric(json.TokenType) && long.TryParse(json.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException("not a whole number");

    public static double Number(JsonElement value) =>
        double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{value}' is not a number");

    /// <summary>0 for what is not told.</summary>
    public static double NumberOrZero(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    // Tried, because what is too large would be an OverflowException that nobody expects of an answer.
    public static long Integer(JsonElement value) =>
        long.TryParse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{value}' is not a whole number");

    private static bool IsNumeric(JsonTokenType type) => type is JsonTokenType.String or JsonTokenType.Number;

    private static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : throw new FormatException($"'{value}' is not a number");
}
