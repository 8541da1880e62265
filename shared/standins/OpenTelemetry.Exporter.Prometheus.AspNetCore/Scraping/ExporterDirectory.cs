using System.Diagnostics.CodeAnalysis;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus.Scraping;

/// <summary>
/// Finds the exporter that belongs to a meter provider. The SDK knows, but tells only its own packages; the provider given to
/// the endpoint may come from another service container than the endpoint's, so the container cannot be asked either.
/// </summary>
internal static class ExporterDirectory
{
    private static readonly Lock Gate = new();
    private static readonly List<WeakReference<PrometheusExporter>> Known = [];

    public static PrometheusExporter Remember(PrometheusExporter exporter)
    {
        lock (Gate)
        {
            Known.RemoveAll(static known => !known.TryGetTarget(out _));
            Known.Add(new(exporter));
        }

        return exporter;
    }

    public static bool TryFind(MeterProvider provider, [NotNullWhen(true)] out PrometheusExporter? exporter)
    {
        lock (Gate)
        {
            foreach (var known in Known)
            {
                if (known.TryGetTarget(out exporter) && ReferenceEquals(exporter.ParentProvider, provider)) return true;
            }
        }

        exporter = null;
        return false;
    }
}
