using System.Text;

namespace OpenTelemetry.Exporter.Prometheus.Names;

/// <summary>UCUM units as OpenTelemetry writes them, in the words that Prometheus names use.</summary>
internal static class UnitNames
{
    /// <summary>The suffix for a unit; null for counts (<c>{candle}</c>, <c>1</c>).</summary>
    public static string? SuffixOf(string? unit)
    {
        if (string.IsNullOrEmpty(unit)) return null;

        var plain = WithoutAnnotations(unit);
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        var words = slash >= 0 && slash < plain.Length - 1
            ? $"{Word(plain[..slash])}_per_{PerWord(plain[(slash + 1)..])}"
            : Word(plain);
        var suffix = PrometheusNames.Sanitize(words, firstMayBeDigit: true).Trim('_');
        return suffix.Length == 0 ? null : suffix;
    }

    private static string WithoutAnnotations(string unit)
    {
        if (!unit.Contains('{', StringComparison.Ordinal)) return unit;

        var kept = new StringBuilder(unit.Length);
        var rest = unit.AsSpan();
        while (rest.IndexOf('{') is var open and >= 0 && rest[open..].IndexOf('}') is var length and >= 0)
        {
            kept.Append(rest[..open]);
            rest = rest[(open + length + 1)..];
        }

        return kept.Append(rest).ToString();
    }

    private static string Word(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" or "B" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "TiBy" => "tibibytes",
        "KBy" or "KB" => "kilobytes",
        "MBy" or "MB" => "megabytes",
        "GBy" or "GB" => "gigabytes",
        "TBy" or "TB" => "terabytes",
        "m" => "meters",
        "V" => "volts",
        "A" => "amperes",
        "J" => "joules",
        "W" => "watts",
        "g" => "grams",
        "Cel" => "celsius",
        "Hz" => "hertz",
        "1" => "",
        "%" => "percent",
        "$" => "dollars",
        _ => unit,
    };

    private static string PerWord(string unit) => unit switch
    {
        "s" => "second",
        "m" => "minute",
        "h" => "hour",
        "d" => "day",
        "w" => "week",
        "mo" => "month",
        "y" => "year",
        _ => unit,
    };
}
