using System.Text.Json.Nodes;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.AlertEngine.Delivery.Discord;

/// <summary>An embed per alert, or one list of lines, within Discord's limits, which count over all embeds together.</summary>
internal static class DiscordMessage
{
    internal const int TitleLimit = 256;
    internal const int DescriptionLimit = 4096;
    internal const int FieldLimit = 25;
    internal const int FieldNameLimit = 256;
    internal const int FieldValueLimit = 1024;
    internal const int TotalLimit = 6000;

    public static JsonObject Of(IReadOnlyList<OutgoingAlert> messages) => new()
    {
        ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() }, // a symbol or a description must not ping anybody
        ["embeds"] = new JsonArray(messages.Count == 1 ? One(messages[0]) : Many(messages)),
    };

    private static JsonObject One(OutgoingAlert message)
    {
        var title = AlertText.Cut(AlertText.Title(message), TitleLimit);
        var footer = $"{message.Alert.Exchange} · {message.Type}";
        var description = AlertText.Cut(AlertText.Summary(message), DescriptionLimit);
        var left = TotalLimit - title.Length - description.Length - footer.Length;
        var fields = new JsonArray();
        foreach (var (name, value) in AlertText.Numbers(message.Alert).Prepend(("price", AlertText.Number(message.Alert.Price))).Take(FieldLimit))
        {
            var (shownName, shownValue) = (AlertText.Cut(name, FieldNameLimit), AlertText.Cut(value, FieldValueLimit));
            left -= shownName.Length + shownValue.Length;
            if (left < 0) break;
            fields.Add(new JsonObject { ["name"] = shownName, ["value"] = shownValue, ["inline"] = true });
        }

        return new JsonObject
        {
            ["title"] = title,
            ["description"] = description,
            ["color"] = Colour(message.Alert),
            ["timestamp"] = message.Alert.Timestamp.ToUniversalTime(),
            ["fields"] = fields,
            ["footer"] = new JsonObject { ["text"] = footer },
        };
    }

    private static JsonObject Many(IReadOnlyList<OutgoingAlert> messages) => new()
    {
        ["title"] = AlertText.Cut(AlertText.DigestTitle(messages), TitleLimit),
        ["description"] = AlertText.Cut(string.Join('\n', messages.Select(AlertText.Line)), DescriptionLimit),
        ["color"] = Colour(messages.MaxBy(message => message.Alert.Severity)!.Alert),
    };

    private static int Colour(AlertEvent alert) => (alert.State, alert.Severity) switch
    {
        (AlertState.Resolved, _) => 0x2E9E5B,
        (_, AlertSeverity.Critical) => 0xD0342C,
        (_, AlertSeverity.Warning) => 0xE08A00,
        _ => 0x2F72D6,
    };
}
