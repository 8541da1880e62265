using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CryptoScreener.AlertEngine.Delivery.Telegram;

/// <summary>Telegram's HTML, which needs three characters escaped and no more.</summary>
internal static class TelegramMessage
{
    internal const int TextLimit = 4096; // UTF-16 units, after the tags are taken away: counted with them we stay below

    public static JsonObject Of(string chatId, IReadOnlyList<OutgoingAlert> messages) => new()
    {
        ["chat_id"] = chatId,
        ["parse_mode"] = "HTML",
        ["link_preview_options"] = new JsonObject { ["is_disabled"] = true },
        ["text"] = messages.Count == 1 ? One(messages[0]) : Many(messages),
    };

    private static string One(OutgoingAlert message)
    {
        var text = new StringBuilder();
        text.Append("<b>").Append(Escape(AlertText.Cut(AlertText.Title(message), 200))).Append("</b>\n");
        text.Append(Escape(AlertText.Cut(AlertText.Summary(message), 500)));
        AppendLines(text, AlertText.Numbers(message.Alert).Prepend(("price", AlertText.Number(message.Alert.Price)))
            .Select(number => $"{Escape(number.Item1)}: <code>{Escape(number.Item2)}</code>")
            .Append($"{Escape(message.Alert.Exchange)} · {AlertText.Time(message.Alert)}"));
        return text.ToString();
    }

    private static string Many(IReadOnlyList<OutgoingAlert> messages)
    {
        var text = new StringBuilder($"<b>{Escape(AlertText.Cut(AlertText.DigestTitle(messages), 200))}</b>");
        AppendLines(text, messages.Select(message => Escape(AlertText.Line(message))));
        return text.ToString();
    }

    // Whole lines only: a cut inside a tag or an entity would be refused.
    private static void AppendLines(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (text.Length + line.Length + 3 > TextLimit)
            {
                text.Append("\n…");
                return;
            }

            text.Append('\n').Append(line);
        }
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
