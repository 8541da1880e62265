namespace CryptoScreener.Indicators;

internal static class CciKernel
{
    private const double Lambert = 0.015;

    /// <summary>
    /// Of the last typical price against the others of its window. Everything is measured from that price, so a price that
    /// does not move gives exactly 0 and not a quotient of rounding errors.
    /// </summary>
    internal static double Index(in Bars others, double typical)
    {
        var period = others.Close.Length + 1;
        var mean = 0.0;
        for (var i = 0; i < others.Close.Length; i++) mean += others.TypicalPrice(i) - typical;
        mean /= period;

        var deviations = Math.Abs(mean);
        for (var i = 0; i < others.Close.Length; i++) deviations += Math.Abs(others.TypicalPrice(i) - typical - mean);
        return deviations > 0 ? -mean / (Lambert * (deviations / period)) : 0;
    }
}
