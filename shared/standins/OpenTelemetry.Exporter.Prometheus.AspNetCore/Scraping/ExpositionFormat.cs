using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OpenTelemetry.Exporter.Prometheus.Scraping;

/// <summary>The text formats we write, and which of them a scraper gets for its Accept header.</summary>
internal sealed record ExpositionFormat(bool IsOpenMetrics, string ContentType)
{
    public static readonly ExpositionFormat Text = new(false, "text/plain; version=0.0.4; charset=utf-8");

    private static readonly ExpositionFormat Text1 = new(false, "text/plain; version=1.0.0; charset=utf-8; escaping=underscores");
    private static readonly ExpositionFormat OpenMetrics0 = new(true, "application/openmetrics-text; version=0.0.1; charset=utf-8");
    private static readonly ExpositionFormat OpenMetrics1 =
        new(true, "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores");

    /// <summary>The acceptable format with the highest quality, the first one on a tie; plain text if none is.</summary>
    public static ExpositionFormat Negotiate(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept!, out var wanted)) return Text;

        var best = Text;
        var bestQuality = 0.0;
        foreach (var candidate in wanted)
        {
            var quality = candidate.Quality ?? 1;
            if (quality > bestQuality && Match(candidate) is { } format) (best, bestQuality) = (format, quality);
        }

        return best;
    }

    private static ExpositionFormat? Match(MediaTypeHeaderValue wanted)
    {
        var version = NameValueHeaderValue.Find(wanted.Parameters, "version")?.GetUnescapedValue().Value;
        if (wanted.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase))
            return version switch { null or "1.0.0" => OpenMetrics1, "0.0.1" => OpenMetrics0, _ => null };
        if (wanted.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
            return version switch { null or "0.0.4" => Text, "1.0.0" => Text1, _ => null };
        return null;
    }
}
