using CryptoScreener.ApiGateway.Operations;

namespace CryptoScreener.UnitTests.ApiGateway.Operations;

internal static class Samples
{
    private static readonly DateTime Start = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Of workers that measure nothing.</summary>
    internal static readonly PerformanceSample Sample = PerformanceSample.Of([], Start);

    internal static WorkerLoad Worker(double? cpu, double? memory) => new("alert-engine", "1", cpu, cpu / 50, 1 << 30, memory);

    internal static IEnumerable<PerformanceSample> Hour(Func<int, PerformanceSample> sample) =>
        Enumerable.Range(0, 720).Select(i => sample(i) with { Timestamp = Start + (i * PerformanceHistory.Interval) });
}
