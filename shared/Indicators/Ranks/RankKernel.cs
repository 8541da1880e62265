namespace CryptoScreener.Indicators;

/// <summary>Where each instrument stands among all of them.</summary>
public static class RankKernel
{
    /// <summary>
    /// Percentile of every value: 0 for the lowest, 100 for the highest, equals share the middle of their places, 50 for
    /// a single one. NaN has no rank and counts for nobody. The two scratch spans are as long as the values.
    /// </summary>
    public static void Percentiles(ReadOnlySpan<double> values, Span<double> percentiles, Span<double> sorted, Span<int> order)
    {
        var present = 0;
        for (var i = 0; i < values.Length; i++)
        {
            percentiles[i] = double.NaN;
            if (double.IsNaN(values[i])) continue;
            sorted[present] = values[i];
            order[present++] = i;
        }

        sorted = sorted[..present];
        sorted.Sort(order[..present]);
        for (var first = 0; first < present;)
        {
            var after = first + 1;
            while (after < present && sorted[after] == sorted[first]) after++;
            var percentile = present == 1 ? 50 : (first + after - 1) / 2.0 / (present - 1) * 100;
            for (; first < after; first++) percentiles[order[first]] = percentile;
        }
    }
}
