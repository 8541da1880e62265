using System.Text.Json.Nodes;

namespace CryptoScreener.AlertEngine.Delivery.Slack;

/// <summary>Blocks with a plain text for notifications, within Slack's limits.</summary>
internal static class SlackMessage
{
    internal const int SectionLimit = 3000;
    internal const int FieldLimit = 10;
    internal const int FieldTextLimit = 2000;
    private const int TitleLimit = 200;

    public static JsonObject Of(IReadOnlyList<OutgoingAlert> messages) => messages.Count == 1 ? One(messages[0]) : Many(messages);

    private static JsonObject One(OutgoingAlert message)
    {
        var fields = new JsonArray();
        foreach (var (name, value) in AlertText.Numbers(message.Alert).Prepend(("price", AlertText.Number(message.Alert.Price))).Take(FieldLimit))
            fields.Add(Text($"*{Escape(name)}*\n{Escape(value)}", FieldTextLimit));
        return new JsonObject
        {
            ["text"] = AlertText.Cut(Escape(AlertText.Line(message)), SectionLimit),
            ["blocks"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "section",
                    ["text"] = Text($"*{Escape(AlertText.Title(message))}*\n{Escape(AlertText.Summary(message))}", SectionLimit),
                    ["fields"] = fields,
                },
                new JsonObject
                {
                    ["type"] = "context",
                    ["elements"] = new JsonArray(Text($"{Escape(message.Alert.Exchange)} · {AlertText.Time(message.Alert)} · {message.Type}", SectionLimit)),
                }),
        };
    }

    private static JsonObject Many(IReadOnlyList<OutgoingAlert> messages)
    {
        var title = Escape(AlertText.Cut(AlertText.DigestTitle(messages), TitleLimit));
        return new()
        {
            ["text"] = title,
            ["blocks"] = new JsonArray(new JsonObject
            {
                ["type"] = "section",
                ["text"] = Text($"*{title}*\n{Escape(string.Join('\n', messages.Select(AlertText.Line)))}", SectionLimit),
            }),
        };
    }

    private static JsonObject Text(string markdown, int limit) => new() { ["type"] = "mrkdwn", ["text"] = CutEscaped(markdown, limit) };

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    // Half an entity would show as garbage.
    private static string CutEscaped(string text, int limit)
    {
        var cut = AlertText.Cut(text, limit);
        if (cut.Length == text.Length) return text;
        var entity = cut.LastIndexOf('&');
        return entity >= 0 && cut.IndexOf(';', entity) < 0 ? cut[..entity] + "…" : cut;
    }
}
