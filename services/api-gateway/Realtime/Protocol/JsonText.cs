using System.Buffers;
using System.Text.Json;

namespace CryptoScreener.ApiGateway.Realtime.Protocol;

/// <summary>Writes one JSON object and gives its bytes, which nobody changes afterwards: any number of sockets may send them.</summary>
internal static class JsonText
{
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A number, or null where nothing is known.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }
}
