namespace CryptoScreener.Indicators;

internal static class WmaKernel
{
    /// <summary>Oldest first, with weights 1, 2, 3 …</summary>
    internal static double WeightedSum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++) sum += (i + 1) * values[i];
        return sum;
    }

    internal static double Mean(double weightedSumBefore, double last, int period) =>
        (weightedSumBefore + (period * last)) / (period * (period + 1) / 2.0);
}
