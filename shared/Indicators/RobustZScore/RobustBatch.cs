namespace CryptoScreener.Indicators;

internal static class RobustBatch
{
    /// <summary>Scores of the values from first on, each against the period of values before it.</summary>
    internal static void Run(ReadOnlySpan<double> values, int first, int period, Span<double> scores)
    {
        for (var i = first + period; i < values.Length; i++)
            scores[i] = RobustKernel.Baseline(values[(i - period)..i].ToArray()).Score(values[i]);
    }
}
