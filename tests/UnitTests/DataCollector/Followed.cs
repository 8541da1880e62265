using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.UnitTests.DataCollector;

/// <summary>Instruments that are followed, and plain candles of theirs.</summary>
internal static class Followed
{
    internal static FollowedInstrument Instrument(string symbol = "BTCUSDT") =>
        new(new InstrumentId("binance-futures", symbol), databaseId: 1, partition: 0, epoch: 1);

    /// <summary>Open time of the minute so many after a fixed one.</summary>
    internal static long Minute(int index) => 1_763_656_440_000 + (index * Timeframe.MinuteMs);

    internal static Candle Bar(int minute, double close = 100, long trades = 10, double volume = 5) =>
        new(Minute(minute), 100, 110, 90, close, volume, volume * 100, trades, 1, 100);

    /// <summary>A lane without a publisher: what it does not reject it cannot handle.</summary>
    internal static ExchangeLane RejectingLane(IMeterFactory meters, ManualTime time) => new(
        new ExchangeClock(time), null!, new FeedStatusReporter(null!, null!, null!, null!, null!, time), new CandleMetrics(meters),
        new StageLatency(meters), time, NullLogger<ExchangeLane>.Instance);
}
