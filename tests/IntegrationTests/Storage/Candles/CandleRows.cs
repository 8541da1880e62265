using System.Diagnostics.CodeAnalysis;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Candles;

namespace CryptoScreener.IntegrationTests.Storage.Candles;

[SuppressMessage("Security", "CA5394", Justification = "Test data; the seed is printed.")]
internal static class CandleRows
{
    internal static readonly long Noon = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    internal static readonly CandleSource[] Sources = Enum.GetValues<CandleSource>();

    internal static CandleRow Row(int instrument, int minute, double close = 100, CandleSource source = CandleSource.Exchange) =>
        new(instrument, Timeframe.OneMinute, new Candle(Noon + (minute * Timeframe.MinuteMs), 100, 200, 50, close, 7, 700, 3, 4, 400), source);

    internal static CandleRow RandomRow(Random random)
    {
        Timeframe[] timeframes = [Timeframe.OneMinute, new(15), new(60)];
        var timeframe = timeframes[random.Next(timeframes.Length)];
        // Few keys and few values, so that most rows meet another one.
        var openTime = timeframe.OpenOf(Noon) + (random.Next(4) * timeframe.Milliseconds);
        return new CandleRow(
            random.Next(1, 4),
            timeframe,
            new Candle(openTime, 1, 9, 1, random.Next(1, 4), random.Next(3), 5, random.Next(-1, 2), random.Next(2) == 0 ? double.NaN : 2),
            Sources[random.Next(Sources.Length)]);
    }
}
