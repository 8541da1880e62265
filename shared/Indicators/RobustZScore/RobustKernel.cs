namespace CryptoScreener.Indicators;

internal static class RobustKernel
{
    // Makes the median deviation of normally distributed values equal their standard deviation.
    private const double NormalConsistency = 1.482602218505602;

    /// <summary>Median and scaled median absolute deviation; reorders the values.</summary>
    internal static RobustBaseline Baseline(Span<double> values)
    {
        var median = Median(values);
        foreach (ref var value in values) value = Math.Abs(value - median);
        return new RobustBaseline { Centre = median, Deviation = Median(values) * NormalConsistency };
    }

    private static double Median(Span<double> values)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
