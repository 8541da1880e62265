namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>An instrument that an exchange says it trades now.</summary>
internal sealed record ListedInstrument(string Symbol, string BaseAsset, string QuoteAsset, double QuoteVolume24h, double TickSize);
