namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Pearson's correlation of two series over the times that both have. Pure.</summary>
internal static class Pearson
{
    private const int FewestPairs = 10;

    /// <summary>From −1 to 1; null when there are too few pairs, or when one of the two does not move.</summary>
    public static double? Of(IReadOnlyDictionary<long, double> one, IReadOnlyDictionary<long, double> other)
    {
        // In the order of time, so that the last digit does not depend on how a dictionary is laid out.
        var pairs = one.Where(at => other.ContainsKey(at.Key)).OrderBy(at => at.Key).Select(at => (X: at.Value, Y: other[at.Key])).ToList();
        if (pairs.Count < FewestPairs) return null;
        var (meanX, meanY) = (pairs.Average(p => p.X), pairs.Average(p => p.Y));
        double xy = 0, xx = 0, yy = 0;
        foreach (var (x, y) in pairs)
        {
            xy += (x - meanX) * (y - meanY);
            xx += (x - meanX) * (x - meanX);
            yy += (y - meanY) * (y - meanY);
        }

        var scale = Math.Sqrt(xx) * Math.Sqrt(yy);
        return scale > 0 ? Math.Clamp(xy / scale, -1, 1) : null;
    }
}
