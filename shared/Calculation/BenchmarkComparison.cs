using CryptoScreener.Calculation.Planning;
using CryptoScreener.Indicators;

namespace CryptoScreener.Calculation;

internal static class BenchmarkComparison
{
    internal static void Write(InstrumentState instrument, InstrumentState benchmark, Span<double> values)
    {
        for (var i = 0; i < instrument.Plan.Timeframes.Length; i++)
        {
            var comparable = instrument.LastClosedMinute == benchmark.LastClosedMinute && benchmark.Plan == instrument.Plan;
            (values[2 * i], values[(2 * i) + 1]) = comparable
                ? CorrelationKernel.OfCloses(Latest(instrument.ClosesOf(i)), Latest(benchmark.ClosesOf(i)))
                : (double.NaN, double.NaN);
        }
    }

    private static ReadOnlySpan<double> Latest(ReadOnlySpan<double> closes) =>
        closes.Length > UniverseMetric.Returns ? closes[^(UniverseMetric.Returns + 1)..] : [];
}
