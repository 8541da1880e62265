using Serilog.Core;
using Serilog.Events;

namespace CryptoScreener.Hosting.Logging;

/// <summary>Which file an event belongs to, by the component that logged it.</summary>
internal static class LogStream
{
    public static readonly string[] All = ["market-data", "metrics", "alerts", "delivery", "system"];

    private static readonly (string Component, string Stream)[] Owners =
    [
        ("CryptoScreener.DataCollector", "market-data"),
        ("CryptoScreener.MetricsCalculator", "metrics"),
        ("CryptoScreener.AlertEngine.Delivery", "delivery"),
        ("CryptoScreener.AlertEngine", "alerts"),
    ];

    public static string Of(LogEvent logEvent) =>
        logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var value) && value is ScalarValue { Value: string component }
            ? Of(component)
            : "system";

    public static string Of(string component)
    {
        foreach (var (owner, stream) in Owners)
        {
            if (component.StartsWith(owner, StringComparison.Ordinal) && (component.Length == owner.Length || component[owner.Length] == '.')) return stream;
        }

        return "system";
    }
}
