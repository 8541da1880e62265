namespace CryptoScreener.Indicators;

internal static class EwmaBatch
{
    /// <summary>Scores of the values from first on, each against those before it, once there are a period of them.</summary>
    internal static void Run(ReadOnlySpan<double> values, int first, int period, Span<double> scores)
    {
        var (mean, variance) = (values[first], 0.0);
        for (var i = first + 1; i < values.Length; i++)
        {
            if (i >= first + period) scores[i] = EwmaKernel.Score(values[i], mean, Math.Sqrt(variance));
            (mean, variance) = EwmaKernel.Step(mean, variance, values[i], EmaKernel.Factor(period));
        }
    }
}
