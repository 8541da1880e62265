namespace CryptoScreener.Indicators;

internal static class WilderKernel
{
    internal static double Step(double previous, double value, int period) => ((previous * (period - 1)) + value) / period;

    /// <summary>The average at every place from first + period − 1 on.</summary>
    internal static void Run(ReadOnlySpan<double> values, int first, int period, Span<double> averages)
    {
        var start = first + period - 1;
        averages[start] = SmaKernel.Sum(values[first..(start + 1)]) / period;
        for (var i = start + 1; i < values.Length; i++) averages[i] = Step(averages[i - 1], values[i], period);
    }
}
