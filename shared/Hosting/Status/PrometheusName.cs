using System.Diagnostics.Metrics;

namespace CryptoScreener.Hosting.Status;

/// <summary>The name the scrape shows, so that a status message and a dashboard speak of the same thing.</summary>
internal static class PrometheusName
{
    public static string Of(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_');
        name = instrument.Unit switch
        {
            "s" => WithSuffix(name, "_seconds"),
            "By" => WithSuffix(name, "_bytes"),
            _ => name,
        };
        return IsCounter(instrument) ? WithSuffix(name, "_total") : name;
    }

    public static bool IsGauge(Instrument instrument) => Is(instrument, typeof(Gauge<>));

    private static bool IsCounter(Instrument instrument) => Is(instrument, typeof(Counter<>)) || Is(instrument, typeof(ObservableCounter<>));

    private static bool Is(Instrument instrument, Type kind) =>
        instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;

    private static string WithSuffix(string name, string suffix) => name.EndsWith(suffix, StringComparison.Ordinal) ? name : name + suffix;
}
