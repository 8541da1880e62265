using System.Text.Json;
using System.Text.Json.Serialization;

namespace NATS.Client.Core.Internal.Protocol;

/// <summary>The JSON of CONNECT.</summary>
internal sealed record ConnectOptions
{
    [JsonPropertyName("verbose")]
    public bool Verbose { get; init; }

    [JsonPropertyName("pedantic")]
    public bool Pedantic { get; init; }

    [JsonPropertyName("tls_required")]
    public bool TlsRequired { get; init; }

    [JsonPropertyName("echo")]
    public bool Echo { get; init; }

    [JsonPropertyName("headers")]
    public bool Headers { get; init; } = true;

    [JsonPropertyName("no_responders")]
    public bool NoResponders { get; init; } = true;

    [JsonPropertyName("protocol")]
    public int Protocol { get; init; } = 1;

    [JsonPropertyName("lang")]
    public string Lang { get; init; } = ".NET";

    [JsonPropertyName("version")]
    public string Version { get; init; } = typeof(ConnectOptions).Assembly.GetName().Version!.ToString(3);

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("user")]
    public string? User { get; init; }

    [JsonPropertyName("pass")]
    public string? Password { get; init; }

    [JsonPropertyName("auth_token")]
    public string? AuthToken { get; init; }

    public void WriteTo(WireBuffer wire)
    {
        wire.Write("CONNECT "u8);
        using (var json = new Utf8JsonWriter(wire))
            JsonSerializer.Serialize(json, this, ProtocolJson.Default.ConnectOptions);
        wire.Write("\r\n"u8);
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerInfo))]
[JsonSerializable(typeof(ConnectOptions))]
internal sealed partial class ProtocolJson : JsonSerializerContext;
