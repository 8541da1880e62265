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

    public static double Number(JsonElement value) => double.Parse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture);

    public static long Integer(JsonElement value) => long.Parse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static bool IsNumeric(JsonTokenType type) => type is JsonTokenType.String or JsonTokenType.Number;

    private static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : throw new FormatException($"'{value}' is not a number");
}
