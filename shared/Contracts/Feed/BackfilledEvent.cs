namespace CryptoScreener.Contracts.Feed;

/// <summary>History that was copied straight into the database; readers that hold state load it from there.</summary>
public sealed record BackfilledEvent(string Exchange, string Symbol, string Timeframe, long From, long Through, int Candles, long At);
