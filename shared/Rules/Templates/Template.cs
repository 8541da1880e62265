using System.Text;
using System.Text.Json;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Rules.Templates;

/// <summary>
/// A JSON text with placeholders. What a placeholder gives is written as JSON: escaped inside a string, a value of its own outside
/// one, so that no alert can break the text.
/// </summary>
public sealed class Template
{
    public const int LengthLimit = 16_384;

    private readonly List<TemplatePart> _parts = [];

    private Template()
    {
    }

    /// <summary>Throws a <see cref="TemplateException"/> that says what is wrong and where.</summary>
    public static Template Parse(string text)
    {
        if (text.Length > LengthLimit) throw new TemplateException(LengthLimit, $"the template is longer than {LengthLimit} characters");
        var template = new Template();
        var (at, inString) = (0, false);
        while (text.IndexOf("{{", at, StringComparison.Ordinal) is var open and >= 0)
        {
            inString = EndsInString(text.AsSpan(at, open - at), inString);
            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0) throw new TemplateException(open, "'}}' is missing behind '{{'");
            template._parts.Add(new TemplatePart(text[at..open]));
            at = close + 2;
            template._parts.Add(Placeholder(text[open..at], open, inString));
        }

        template._parts.Add(new TemplatePart(text[at..]));
        template.CheckJson();
        return template;
    }

    /// <param name="type">The event's type, as <c>alert.fired</c>.</param>
    /// <param name="alert">What it tells of.</param>
    public ReadOnlyMemory<byte> Render(string type, AlertEvent alert) => Encoding.UTF8.GetBytes(string.Concat(_parts.Select(part => part.Render(type, alert))));

    private static TemplatePart Placeholder(string text, int position, bool inString)
    {
        var inner = text.AsSpan(2, text.Length - 4);
        var bar = inner.IndexOf('|');
        var format = bar < 0 ? null : inner[(bar + 1)..].Trim().ToString();
        if (format is not null && !format.All(c => c is '0' or '#' or '.' or ',' or '%')) throw new TemplateException(position + bar + 3, $"'{format}' is not a format such as 0.00");
        return new TemplatePart(text, new TemplateParser(bar < 0 ? inner : inner[..bar], position + 2).Parse(), format, inString);
    }

    private static bool EndsInString(ReadOnlySpan<char> text, bool inString)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (inString && text[i] == '\\') i++;
            else if (text[i] == '"') inString = !inString;
        }

        return inString;
    }

    private void CheckJson()
    {
        var written = string.Concat(_parts.Select(part => part.StandIn));
        try
        {
            using var _ = JsonDocument.Parse(written);
        }
        catch (JsonException e)
        {
            throw new TemplateException(PositionOf(e, written), $"it is not JSON: {e.Message.Split(" LineNumber:")[0].TrimEnd('.')}");
        }
    }

    // The reader counts lines and bytes, an author characters.
    private static int PositionOf(JsonException e, string written)
    {
        var line = 0;
        for (var i = 0L; i < (e.LineNumber ?? 0); i++) line = written.IndexOf('\n', line) + 1;
        var bytes = Encoding.UTF8.GetBytes(written[line..]);
        return line + Encoding.UTF8.GetCharCount(bytes, 0, (int)Math.Min(e.BytePositionInLine ?? 0, bytes.Length));
    }
}
