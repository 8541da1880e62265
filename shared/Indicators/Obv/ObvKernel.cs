namespace CryptoScreener.Indicators;

internal static class ObvKernel
{
    internal static double Step(double balance, double previousClose, double close, double volume)
    {
        if (close > previousClose) return balance + volume;
        return close < previousClose ? balance - volume : balance;
    }
}
