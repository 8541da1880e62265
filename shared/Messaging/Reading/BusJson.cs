using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CryptoScreener.Messaging.Reading;

/// <summary>Reads a JSON message that another version may have written.</summary>
public static class BusJson
{
    /// <summary>Null for what we cannot read: a worker passes over it, it must not end for it.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
