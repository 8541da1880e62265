namespace CryptoScreener.Indicators;

/// <summary>Mean and sum of squared deviations of some values. Joining one more needs no difference of large squares.</summary>
internal struct Moments
{
    internal double Mean;
    internal double Squares;

    internal static Moments Of(ReadOnlySpan<double> values)
    {
        // Measured from one of them, so values that are all the same have exactly no deviation.
        var (reference, sum) = (values[^1], 0.0);
        foreach (var value in values) sum += value - reference;
        var moments = new Moments { Mean = reference + (sum / values.Length) };
        foreach (var value in values) moments.Squares += (value - moments.Mean) * (value - moments.Mean);
        return moments;
    }

    /// <summary>With one more value, which makes it so many.</summary>
    internal readonly Moments With(double value, int count)
    {
        var distance = value - Mean;
        return new Moments
        {
            Mean = Mean + (distance / count),
            Squares = Squares + (distance * distance * (count - 1) / count),
        };
    }

    /// <summary>The standard deviation of the whole population.</summary>
    internal readonly double Deviation(int count) => Math.Sqrt(Squares / count);
}
