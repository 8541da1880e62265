using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.Calculation.Planning;

/// <summary>
/// Metrics that compare an instrument with others. They are worked out once a minute from the complete set of the minute
/// before, and stand in every frame until the next.
/// </summary>
internal static class UniverseMetric
{
    /// <summary>Returns that go into correlation and beta.</summary>
    internal const int Returns = 60;

    internal static readonly string[] Ranked = ["change", "volume", "volume_ratio", "range"];

    internal static IEnumerable<MetricDefinition> RanksOf(Timeframe window) => Ranked.Select(function => new MetricDefinition(
        MetricDefinition.NameOf($"rank_{function}", window.ToString()),
        $"rank_{function}",
        [window.ToString()],
        "rank",
        $"Percentile of {function}({window}) among all instruments of its exchange, 0 lowest to 100 highest, as of the minute before",
        window.Minutes + 1));

    internal static IEnumerable<MetricDefinition> WithBenchmark(Timeframe timeframe)
    {
        string[] arguments = [Returns.ToString(System.Globalization.CultureInfo.InvariantCulture), timeframe.ToString()];
        var of = $"of the last {Returns} returns on {timeframe} bars with those of the benchmark (BTC); null where one never moved";
        var warmUp = (Returns + 1) * timeframe.Minutes;
        yield return new(MetricDefinition.NameOf("correlation", arguments), "correlation", arguments, "ratio", $"Correlation {of}", warmUp);
        yield return new(MetricDefinition.NameOf("beta", arguments), "beta", arguments, "ratio", $"Slope {of}", warmUp);
    }
}
