namespace CryptoScreener.Indicators;

/// <summary>How many closed bars an indicator looks back at, by column: what history has to be kept.</summary>
public readonly record struct Lookback(int Close = 0, int HighLow = 0, int Volume = 0, int QuoteVolume = 0)
{
    public Lookback Or(Lookback other) => new(
        Math.Max(Close, other.Close),
        Math.Max(HighLow, other.HighLow),
        Math.Max(Volume, other.Volume),
        Math.Max(QuoteVolume, other.QuoteVolume));
}
