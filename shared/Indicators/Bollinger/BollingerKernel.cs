namespace CryptoScreener.Indicators;

internal static class BollingerKernel
{
    /// <summary>Upper, middle, lower, width in percent of the middle, and where the close stands between them.</summary>
    internal static (double Upper, double Middle, double Lower, double Width, double Percent) Bands(
        double mean, double deviation, double multiplier, double close)
    {
        var reach = multiplier * deviation;
        double upper = mean + reach, lower = mean - reach;
        var percent = upper > lower ? (close - lower) / (upper - lower) : 0.5;
        return (upper, mean, lower, (upper - lower) / mean * 100, percent);
    }
}
