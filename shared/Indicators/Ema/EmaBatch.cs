namespace CryptoScreener.Indicators;

internal static class EmaBatch
{
    /// <summary>Of the values from first on; the first average is the plain mean of a period.</summary>
    internal static void Run(ReadOnlySpan<double> values, int first, int period, Span<double> averages)
    {
        var start = first + period - 1;
        if (start >= values.Length) return;
        averages[start] = SmaKernel.Sum(values[first..(start + 1)]) / period;
        for (var i = start + 1; i < values.Length; i++)
            averages[i] = EmaKernel.Step(averages[i - 1], values[i], EmaKernel.Factor(period));
    }
}
