using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Limits;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>Everything that knows one exchange's names, limits and formats. One folder per exchange implements it.</summary>
internal interface IExchange
{
    string Name { get; }

    bool IsSimulated { get; }

    /// <summary>How many instruments one socket carries; below what the exchange allows.</summary>
    int InstrumentsPerSocket { get; }

    Uri StreamUri { get; }

    /// <summary>How many sockets may be opened in a while; an exchange bans who opens more.</summary>
    ConnectionLimit ConnectionLimit { get; }

    /// <summary>Null where answering the protocol's pings keeps a socket open.</summary>
    KeepAlive? KeepAlive { get; }

    /// <summary>A text frame that the exchange answers on any socket: it tells one on which nothing trades from one that is dead. Empty when there is none.</summary>
    ReadOnlyMemory<byte> Question => KeepAlive?.Frame ?? default;

    Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop);

    /// <summary>How many rows of the last list made no sense and were left out.</summary>
    int UnreadableRows => 0;

    /// <summary>The exchange's clock (unix ms).</summary>
    Task<long> TimeAsync(CancellationToken stop);

    /// <summary>Candles whose open time lies in the closed range, oldest first; the last one may be forming.</summary>
    Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop);

    /// <summary>The same for history that nobody waits for: it leaves half of the exchange's limit to everything else.</summary>
    Task<IReadOnlyList<Candle>> HistoryAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop);

    /// <summary>Text frames that subscribe a fresh socket to the 1m candles of these symbols, all sent at once.</summary>
    IEnumerable<string> SubscribeFrames(IReadOnlyList<string> symbols);

    /// <summary>Reads one text frame. Called for every frame: no allocation.</summary>
    FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline);
}
