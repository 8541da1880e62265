namespace CryptoScreener.ExchangeSimulator.Recording;

/// <summary>One state of a minute's bar as an exchange pushed it, its numbers in the exchange's own texts.</summary>
/// <param name="At">When it was so: exchange milliseconds, or those of its arrival where a message carries no time.</param>
/// <param name="Trades">Null, as the taker volumes, where the exchange does not tell them.</param>
internal sealed record RecordedKline(
    string Symbol,
    long OpenTime,
    long At,
    bool IsClosed,
    string Open,
    string High,
    string Low,
    string Close,
    string Volume,
    string Quote,
    long? Trades = null,
    string? TakerVolume = null,
    string? TakerQuote = null);
