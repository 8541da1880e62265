using System.Globalization;

namespace OpenTelemetry.Exporter.Prometheus.Text;

/// <summary>
/// Bucket bounds as OpenMetrics wants them, so that every exporter writes the same label: the shortest digits, always with a
/// point or an exponent, the exponent from 1e+06 and below 0.0001.
/// </summary>
internal static class CanonicalNumber
{
    public static string Of(double value)
    {
        if (double.IsPositiveInfinity(value)) return "+Inf";
        if (double.IsNegativeInfinity(value)) return "-Inf";
        if (double.IsNaN(value)) return "NaN";
        if (value == 0) return "0.0";

        if (Math.Abs(value) is >= 1e-4 and < 1e6)
        {
            // A decimal keeps the shortest digits and never uses an exponent.
            var plain = decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)
                .ToString(CultureInfo.InvariantCulture);
            return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        }

        return Scientific(value.ToString("E16", CultureInfo.InvariantCulture), value);
    }

    private static string Scientific(string longest, double value)
    {
        // The fewest digits that read back as the same number.
        for (var digits = 0; digits < 16; digits++)
        {
            var shorter = value.ToString($"E{digits}", CultureInfo.InvariantCulture);
            if (double.Parse(shorter, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value)) return WithShortExponent(shorter);
        }

        return WithShortExponent(longest);
    }

    private static string WithShortExponent(string scientific)
    {
        var at = scientific.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{scientific[..at]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
