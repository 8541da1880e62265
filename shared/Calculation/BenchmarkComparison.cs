using CryptoScreener.Calculation.Planning;
using CryptoScreener.Indicators;

namespace CryptoScreener.Calculation;

internal static class BenchmarkComparison
{
    internal static void Write(InstrumentState instrument, BenchmarkCloses benchmark, Span<double> values)
    {
        var comparable = benchmark.Plan.Timeframes.AsSpan().SequenceEqual(instrument.Plan.Timeframes.AsSpan()); // demands may differ
        for (var i = 0; i < instrument.Plan.Universe.Benchmarked; i++)
        {
            (values[2 * i], values[(2 * i) + 1]) = comparable
                ? CorrelationKernel.OfCloses(Latest(instrument.ClosesOf(i, benchmark.Minute)), benchmark.Of(i))
                : (double.NaN, double.NaN);
        }
    }

    internal static ReadOnlySpan<double> Latest(ReadOnlySpan<double> closes) =>
        closes.Length > UniverseMetric.Returns ? closes[^(UniverseMetric.Returns + 1)..] : [];
}
