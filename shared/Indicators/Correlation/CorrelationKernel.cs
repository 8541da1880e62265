namespace CryptoScreener.Indicators;

/// <summary>
/// How the returns of an instrument go with those of a benchmark. Of two instruments and one moment, so worked out once
/// a minute from closes side by side instead of being carried along with either.
/// </summary>
public static class CorrelationKernel
{
    /// <summary>
    /// Correlation and beta of the returns between consecutive closes at the same times. NaN when a close is missing
    /// (NaN), with fewer than three closes or not as many of each, and where the one or the other never moved.
    /// </summary>
    public static (double Correlation, double Beta) OfCloses(ReadOnlySpan<double> closes, ReadOnlySpan<double> benchmark)
    {
        if (closes.Length != benchmark.Length || closes.Length < 3) return (double.NaN, double.NaN);
        double mean = MeanReturn(closes), benchmarkMean = MeanReturn(benchmark);
        double own = 0, other = 0, joint = 0;
        for (var i = 1; i < closes.Length; i++)
        {
            var x = ReturnKernel.Of(closes[i - 1], closes[i]) - mean;
            var y = ReturnKernel.Of(benchmark[i - 1], benchmark[i]) - benchmarkMean;
            own += x * x;
            other += y * y;
            joint += x * y;
        }

        var correlation = own > 0 && other > 0 ? Math.Clamp(joint / (Math.Sqrt(own) * Math.Sqrt(other)), -1, 1) : double.NaN;
        return (correlation, other > 0 ? joint / other : double.NaN);
    }

    private static double MeanReturn(ReadOnlySpan<double> closes)
    {
        var sum = 0.0;
        for (var i = 1; i < closes.Length; i++) sum += ReturnKernel.Of(closes[i - 1], closes[i]);
        return sum / (closes.Length - 1);
    }
}
