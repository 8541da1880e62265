using System.Text;

namespace OpenTelemetry.Exporter.Prometheus.Names;

internal static class PrometheusNames
{
    /// <summary>Letters, digits, colons and single underscores; a leading digit gets an underscore in its place.</summary>
    public static string Sanitize(string name, bool firstMayBeDigit = false)
    {
        var clean = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var kept = char.IsAsciiLetter(c) || c == ':' || (char.IsAsciiDigit(c) && (i > 0 || firstMayBeDigit));
            Append(clean, kept ? c : '_');
        }

        return clean.ToString();
    }

    /// <summary>Letters, digits and single underscores; an underscore before a leading digit.</summary>
    public static string SanitizeLabel(string name)
    {
        if (name.Length == 0) return "_";

        var clean = new StringBuilder(name.Length + 1);
        if (char.IsAsciiDigit(name[0])) clean.Append('_');
        foreach (var c in name) Append(clean, char.IsAsciiLetterOrDigit(c) ? c : '_');
        return clean.ToString();
    }

    private static void Append(StringBuilder clean, char c)
    {
        if (c != '_' || clean.Length == 0 || clean[^1] != '_') clean.Append(c);
    }
}
