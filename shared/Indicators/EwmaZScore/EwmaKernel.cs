namespace CryptoScreener.Indicators;

internal static class EwmaKernel
{
    /// <summary>Exponentially weighted mean and variance after one more value.</summary>
    internal static (double Mean, double Variance) Step(double mean, double variance, double value, double factor)
    {
        var distance = value - mean;
        var step = factor * distance;
        return (mean + step, (1 - factor) * (variance + (distance * step)));
    }

    /// <summary>
    /// How many deviations a value lies from the values before it. Null when those never varied and this one does:
    /// there is no measure for such a surprise.
    /// </summary>
    internal static double Score(double value, double centre, double deviation)
    {
        if (deviation > 0) return (value - centre) / deviation;
        return value == centre ? 0 : double.NaN;
    }
}
