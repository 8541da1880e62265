namespace CryptoScreener.Indicators;

/// <summary>One bar of any timeframe, as indicators see it.</summary>
public readonly record struct Bar(long OpenTime, double Open, double High, double Low, double Close, double Volume, double QuoteVolume)
{
    /// <summary>(H + L + C) / 3.</summary>
    public double TypicalPrice => TypicalPriceOf(High, Low, Close);

    internal static double TypicalPriceOf(double high, double low, double close) => (high + low + close) / 3;
}
