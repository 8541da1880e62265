namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>Where the trades of one instrument come from: drawn from the seed, scripted by a tape, or read from a recording.</summary>
internal interface IMinuteSource
{
    /// <summary>The trades of one minute, the same whenever it is asked.</summary>
    void Fill(long minute, MinutePath path);

    /// <summary>The sixty bars of an hour, cheaper than sixty single minutes.</summary>
    void FillHour(long hour, MinutePath scratch, Span<Bar> bars);
}
