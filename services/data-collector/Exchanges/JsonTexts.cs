using System.Text.Json;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>Names in an exchange's answers, without which nothing can be done with the rest.</summary>
internal static class JsonTexts
{
    public static string Of(JsonElement parent, string name) =>
        parent.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"'{name}' is empty");
}
