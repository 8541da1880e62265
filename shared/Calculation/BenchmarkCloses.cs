namespace CryptoScreener.Calculation;

/// <summary>The latest closes of a benchmark's bars as of one minute: all that correlation and beta need, whatever the benchmark does next.</summary>
public sealed class BenchmarkCloses
{
    private readonly double[][] _closes;

    private BenchmarkCloses(CalculationPlan plan, long minute, double[][] closes)
    {
        Plan = plan;
        Minute = minute;
        _closes = closes;
    }

    public CalculationPlan Plan { get; }

    /// <summary>Open time (unix ms) of the minute that had just closed.</summary>
    public long Minute { get; }

    /// <param name="benchmark">May have closed later minutes already.</param>
    /// <param name="minute">Its open time (unix ms).</param>
    public static BenchmarkCloses Of(InstrumentState benchmark, long minute)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        var closes = new double[benchmark.Plan.Timeframes.Length][];
        for (var i = 0; i < closes.Length; i++) closes[i] = BenchmarkComparison.Latest(benchmark.ClosesOf(i, minute)).ToArray();
        return new BenchmarkCloses(benchmark.Plan, minute, closes);
    }

    internal ReadOnlySpan<double> Of(int timeframe) => _closes[timeframe];
}
