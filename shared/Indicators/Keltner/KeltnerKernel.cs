namespace CryptoScreener.Indicators;

internal static class KeltnerKernel
{
    internal static (double Upper, double Middle, double Lower) Channel(double average, double averageTrueRange, double multiplier)
    {
        var reach = multiplier * averageTrueRange;
        return (average + reach, average, average - reach);
    }
}
