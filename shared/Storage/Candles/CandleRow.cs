using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Storage.Candles;

/// <summary>A closed candle of any timeframe, as it is stored.</summary>
public readonly record struct CandleRow(int InstrumentId, Timeframe Timeframe, Candle Candle, CandleSource Source);
