using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Contracts.Candles;

/// <summary>One candle on the bus: whose it is, what it says, how sure it is, and when each stage saw it.</summary>
/// <param name="EventTime">When the exchange says the event happened (unix ms).</param>
/// <param name="ReceivedAt">When the collector read it from the socket (unix ms); 0 for candles that never were on a socket.</param>
/// <param name="Epoch">The lease epoch of the publishing collector; readers drop lower ones.</param>
public readonly record struct CandleUpdate(
    InstrumentId Instrument,
    Candle Candle,
    bool IsClosed,
    CandleSource Source,
    long EventTime,
    long ReceivedAt,
    long Epoch);
