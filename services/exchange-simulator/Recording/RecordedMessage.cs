using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CryptoScreener.ExchangeSimulator.Recording;

/// <summary>One line of a recording: a message of an exchange as received, and when (real milliseconds).</summary>
internal sealed record RecordedMessage(long At, JsonElement Message)
{
    public static IEnumerable<RecordedMessage> Read(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        for (var number = 1; lines.ReadLine() is { } line; number++) yield return Parse(line, path, number);
    }

    private static RecordedMessage Parse(string line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, RecordingJson.Default.RecordedMessage)!;
        }
        catch (JsonException e)
        {
            throw new SettingsException($"{path}, line {number} is not a recorded message: {e.Message}");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RecordedMessage))]
internal sealed partial class RecordingJson : JsonSerializerContext;
