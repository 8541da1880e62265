namespace CryptoScreener.Benchmarks.Report;

internal static class Quantile
{
    internal static double At(List<double> sorted, double quantile) => sorted[(int)Math.Ceiling(quantile * (sorted.Count - 1))];
}
