namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>An instrument that an exchange says it trades now.</summary>
/// <param name="LotSize">The step of a quantity in base coins; 0 where it is not told.</param>
/// <param name="ListedAt">0 where it is not told.</param>
internal sealed record ListedInstrument(string Symbol, string BaseAsset, string QuoteAsset, double QuoteVolume24h, double TickSize, double LotSize = 0, long ListedAt = 0);
