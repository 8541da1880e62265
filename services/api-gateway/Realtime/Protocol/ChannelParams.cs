using System.Text.Json;

namespace CryptoScreener.ApiGateway.Realtime.Protocol;

/// <summary>Reads the parameters of a subscription; complains by the parameter's name.</summary>
internal readonly struct ChannelParams(JsonElement json)
{
    private const int MaxText = 16_384;
    private const int MaxItems = 5_000;

    public string? Text(string name)
    {
        if (!TryGet(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxText } text) return text;
        throw ProtocolException.BadParameter(name, $"a text of 1 to {MaxText} characters");
    }

    public string RequiredText(string name) => Text(name) ?? throw ProtocolException.BadParameter(name, "given");

    public int? Number(string name, int least, int most)
    {
        if (!TryGet(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most) return number;
        throw ProtocolException.BadParameter(name, $"a whole number from {least} to {most}");
    }

    /// <summary>Empty when it is not given.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!TryGet(name, out var value)) return [];
        var texts = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxItems) throw Wrong(name);
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || item.GetString() is not { Length: > 0 and <= MaxText } text) throw Wrong(name);
            texts.TryAdd(text, true);
        }

        return [.. texts.Keys];
    }

    private static ProtocolException Wrong(string name) => ProtocolException.BadParameter(name, $"a list of at most {MaxItems} texts");

    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
