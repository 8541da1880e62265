using System.Text.Json;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Edge;

namespace CryptoScreener.ApiGateway.Realtime.Protocol;

/// <summary>One operation of a client: <c>{op, id, …}</c>. Unknown fields are ignored, unknown operations are not.</summary>
internal sealed class ClientMessage : IDisposable
{
    private const int MaxIdLength = 64;

    // Three levels are all the protocol has: the message, its params, a list in them.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private readonly JsonDocument _document;

    private ClientMessage(JsonDocument document) => _document = document;

    public required string Op { get; init; }

    public required string Id { get; init; }

    private JsonElement Root => _document.RootElement;

    /// <exception cref="ProtocolException">It is no message of ours; <paramref name="id"/> is set when at least that could be read.</exception>
    public static ClientMessage Parse(ReadOnlyMemory<byte> utf8, out string? id)
    {
        id = null;
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(utf8, Strict);
            JsonTexts.Check(document.RootElement);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw ProtocolException.BadMessage("A message is a JSON object: {\"op\": …, \"id\": …}.");
            id = TextOf(document.RootElement, "id") is { Length: > 0 and <= MaxIdLength } text ? text : null;
            if (id is null) throw ProtocolException.BadMessage($"'id' must be a text of 1 to {MaxIdLength} characters; the answer repeats it.");
            var op = TextOf(document.RootElement, "op") ?? throw ProtocolException.BadMessage("'op' must be auth, subscribe, unsubscribe or ping.");
            var message = new ClientMessage(document) { Op = op, Id = id };
            document = null;
            return message;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: text that is no Unicode
        {
            throw ProtocolException.BadMessage($"The message is not JSON that we take (at most {Strict.MaxDepth} levels, no name twice).");
        }
        finally
        {
            document?.Dispose();
        }
    }

    /// <exception cref="ProtocolException">The field is missing or no text.</exception>
    public string Text(string name) => TextOf(Root, name) ?? throw ProtocolException.BadParameter(name, "a text");

    public ChannelParams Params() => Root.TryGetProperty("params", out var value) switch
    {
        true when value.ValueKind == JsonValueKind.Object => new ChannelParams(value),
        true when value.ValueKind != JsonValueKind.Null => throw ProtocolException.BadParameter("params", "an object"),
        _ => default,
    };

    /// <summary>Where to resume, as <c>welcome</c>, <c>ok</c> or an update said it; null when not asked for.</summary>
    public ResumePoint? Resume()
    {
        if (!Root.TryGetProperty("resume", out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("epoch", out var epoch) && value.TryGetProperty("sequence", out var sequence)
            && sequence.ValueKind == JsonValueKind.Number && sequence.TryGetUInt64(out var at))
        {
            if (AlertEpoch.TryRead(epoch, out var stream)) return new ResumePoint(stream, at);
        }

        throw ProtocolException.BadParameter("resume", "{\"epoch\": …, \"sequence\": …} as they came with the last alert");
    }

    public void Dispose() => _document.Dispose();

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
