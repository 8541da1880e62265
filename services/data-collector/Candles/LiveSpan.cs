using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>How far back closed minutes are said on the bus. What is older has become history, which goes to the database: the live path is not for replays.</summary>
internal static class LiveSpan
{
    public const long Milliseconds = 30 * Timeframe.MinuteMs;
}
