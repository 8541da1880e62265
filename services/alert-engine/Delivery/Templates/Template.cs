using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CryptoScreener.AlertEngine.Delivery.Templates;

/// <summary>
/// A JSON text with placeholders. What a placeholder gives is written as JSON: escaped inside a string, a value of its own outside
/// one, so that no alert can break the text.
/// </summary>
internal sealed class Template
{
    public const int LengthLimit = 16_384;

    private readonly List<Part> _parts = [];

    private Template()
    {
    }

    private readonly record struct Part(string Text, TemplateExpression? Expression, string? Format, bool InString);

    /// <summary>Throws a <see cref="TemplateException"/> that names the placeholder and what is wrong with it.</summary>
    public static Template Parse(string text)
    {
        if (text.Length > LengthLimit) throw new TemplateException($"The template is longer than {LengthLimit} characters.");
        var template = new Template();
        var rest = text.AsSpan();
        var inString = false;
        while (rest.IndexOf("{{") is var open and >= 0)
        {
            inString = EndsInString(rest[..open], inString);
            var close = rest[open..].IndexOf("}}");
            if (close < 0) throw new TemplateException("'}}' is missing behind '{{'.");
            template._parts.Add(new Part(rest[..open].ToString(), null, null, false));
            template._parts.Add(Placeholder(rest.Slice(open + 2, close - 2), inString));
            rest = rest[(open + close + 2)..];
        }

        template._parts.Add(new Part(rest.ToString(), null, null, false));
        template.CheckJson();
        return template;
    }

    public ReadOnlyMemory<byte> Render(OutgoingAlert message) =>
        Encoding.UTF8.GetBytes(Write(part => Json(part.Expression!.Evaluate(message), part)));

    private static Part Placeholder(ReadOnlySpan<char> text, bool inString)
    {
        try
        {
            var bar = text.IndexOf('|');
            var format = bar < 0 ? null : text[(bar + 1)..].Trim().ToString();
            if (format is not null && !format.All(c => c is '0' or '#' or '.' or ',' or '%')) throw new TemplateException($"'{format}' is not a format such as 0.00");
            return new Part("", new TemplateParser(bar < 0 ? text : text[..bar]).Parse(), format, inString);
        }
        catch (TemplateException e)
        {
            throw new TemplateException($"In {{{{{text}}}}}: {e.Message}.");
        }
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
        try
        {
            using var _ = JsonDocument.Parse(Write(part => part.InString ? "x" : "0"));
        }
        catch (JsonException e)
        {
            throw new TemplateException($"It is not JSON: {e.Message}");
        }
    }

    private string Write(Func<Part, string> placeholder)
    {
        var text = new StringBuilder();
        foreach (var part in _parts) text.Append(part.Expression is null ? part.Text : placeholder(part));
        return text.ToString();
    }

    private static string Json(object value, Part part)
    {
        var text = value switch
        {
            double number when !double.IsFinite(number) => null,
            double number => number.ToString(part.Format ?? "R", CultureInfo.InvariantCulture),
            _ => (string)value,
        };
        if (part.InString) return text is null ? "" : JsonEncodedText.Encode(text).ToString();
        if (text is null) return "null";
        // A format such as 0,000 or 0% gives what JSON does not take for a number.
        return value is double && IsJsonNumber(text) ? text : $"\"{JsonEncodedText.Encode(text)}\"";
    }

    private static bool IsJsonNumber(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
