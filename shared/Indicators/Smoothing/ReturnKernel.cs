namespace CryptoScreener.Indicators;

internal static class ReturnKernel
{
    internal static double Of(double previous, double close) => (close / previous) - 1;

    /// <summary>One return per close; the first has none and is NaN.</summary>
    internal static double[] Of(ReadOnlySpan<double> closes)
    {
        var returns = new double[closes.Length];
        returns[0] = double.NaN;
        for (var i = 1; i < returns.Length; i++) returns[i] = Of(closes[i - 1], closes[i]);
        return returns;
    }
}
