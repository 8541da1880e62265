using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>A 1m candle as an exchange streamed it.</summary>
internal readonly record struct Kline(FollowedInstrument Instrument, Candle Candle, bool IsClosed, long EventTime);
