using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryptoScreener.Messaging.Snapshots;

/// <summary>
/// What the server says about a snapshot: a refusal, a description of the stream, the subject that wants its parts. What cannot be
/// read is a <see cref="StreamArchiveException"/>, as a refusal becomes one: a backup must fail in words.
/// </summary>
/// <param name="Refusal">Why not; null when nothing was refused.</param>
internal sealed record ArchiveAnswer(string? Refusal, bool IsNotFound, JsonObject? Description, string? DeliverSubject)
{
    private const int NotFound = 404;

    public static ArchiveAnswer Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var answer = document.RootElement;
            if (answer.ValueKind != JsonValueKind.Object) throw new StreamArchiveException($"The server's answer is no object: {answer.GetRawText()}");
            var error = Child(answer, "error");
            return new ArchiveAnswer(
                error is { } refused ? Child(refused, "description")?.ToString() ?? refused.GetRawText() : null,
                error is { } missing && Child(missing, "code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var number) && number == NotFound,
                DescriptionOf(answer),
                Child(answer, "deliver_subject") is { ValueKind: JsonValueKind.String } subject ? subject.GetString() : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the second for text that is none, such as half a surrogate pair
        {
            throw new StreamArchiveException($"The server's answer cannot be read: {e.Message}");
        }
    }

    // Written and read once: a text in it that is none must fail here and not when the description is kept as a file.
    private static JsonObject? DescriptionOf(JsonElement answer)
    {
        if (Child(answer, "config") is not { ValueKind: JsonValueKind.Object } config || Child(answer, "state") is not { ValueKind: JsonValueKind.Object } state) return null;
        var description = new JsonObject { ["config"] = JsonObject.Create(config), ["state"] = JsonObject.Create(state) };
        return JsonNode.Parse(description.ToJsonString())!.AsObject();
    }

    private static JsonElement? Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind != JsonValueKind.Null ? child : null;
}
