using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>What the connections of one socket have in common.</summary>
internal sealed record FeedSocketContext(
    int Number,
    IExchange Exchange,
    IReadOnlyList<FollowedInstrument> Instruments,
    SymbolLookup Symbols,
    ExchangeLane Lane,
    FeedConnections Connections,
    TimeSpan SilenceLimit,
    TimeSpan RotateAfter,
    FeedMetrics Metrics,
    TimeProvider Time,
    ILogger Logger);
