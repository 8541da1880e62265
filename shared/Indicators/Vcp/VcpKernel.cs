namespace CryptoScreener.Indicators;

internal static class VcpKernel
{
    /// <summary>(P/WA)·((C−L)−(H−C))/(H−L) with WA = (O+C)/2; the price of a bar is its close. 0 without a range.</summary>
    internal static double Position(double open, double high, double low, double close) =>
        high > low ? close / ((open + close) / 2) * (close - low - (high - close)) / (high - low) : 0;
}
