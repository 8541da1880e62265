namespace OpenTelemetry.Exporter.Prometheus.Text;

internal static class UnixSeconds
{
    public static double Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond;
}
