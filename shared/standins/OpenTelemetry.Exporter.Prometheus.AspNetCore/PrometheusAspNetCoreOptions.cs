namespace OpenTelemetry.Exporter;

public class PrometheusAspNetCoreOptions
{
    internal const string DefaultPath = "/metrics";

    /// <summary>Where the scraping endpoint is mapped when no path is given.</summary>
    public string? ScrapeEndpointPath { get; set; } = DefaultPath;

    /// <summary>Leaves counters of the Prometheus text format without the suffix <c>_total</c>; OpenMetrics demands it.</summary>
    public bool DisableTotalNameSuffixForCounters { get; set; }

    /// <summary>Adds the meter's name and version to every series as <c>otel_scope_*</c> labels.</summary>
    public bool ScopeInfoEnabled { get; set; } = true;

    /// <summary>Adds the series <c>target_info</c>, which carries the resource's attributes.</summary>
    public bool TargetInfoEnabled { get; set; } = true;
}
