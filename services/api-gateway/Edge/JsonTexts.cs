using System.Text.Json;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>The parser looks at texts only when they are asked for, and then throws what nobody expects there.</summary>
internal static class JsonTexts
{
    /// <exception cref="InvalidOperationException">A text is no Unicode.</exception>
    public static void Check(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Check(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Check(property.Value);
                }

                break;
        }
    }
}
