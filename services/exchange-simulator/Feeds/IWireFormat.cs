using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>How a venue writes what it pushes. Times are simulated milliseconds.</summary>
internal interface IWireFormat
{
    /// <summary>Whether a bar is closed on the socket too when nobody traded in it.</summary>
    bool ClosesQuietBars => false;

    void WriteKline(ref Utf8Builder json, Instrument instrument, Interval interval, in Bar bar, bool isClosed, long eventTime);

    /// <summary>A ticker; <paramref name="day"/> is the rolling 24 hours.</summary>
    void WriteTicker(ref Utf8Builder json, TickerKind kind, Instrument instrument, in Bar day, long eventTime);
}
