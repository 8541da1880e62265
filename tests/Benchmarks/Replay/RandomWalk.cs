using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Candles;

namespace CryptoScreener.Benchmarks.Replay;

/// <summary>A random price that moves a few percent a day, in decimals as exchanges write them.</summary>
internal sealed class RandomWalk(int id, Random random)
{
    private double _price = 100;

    internal IEnumerable<CandleRow> Minutes(long start, int count)
    {
        for (var minute = 0; minute < count; minute++)
        {
            var open = _price;
            _price = Math.Round(_price * (1 + ((random.NextDouble() - 0.5) * 0.004)), 3);
            var (volume, taker) = (Math.Round(random.NextDouble() * 1_000, 3), Math.Round(random.NextDouble() * 500, 3));
            var (high, low) = (Math.Round(Math.Max(open, _price) * 1.0005, 3), Math.Round(Math.Min(open, _price) * 0.9995, 3));
            yield return new CandleRow(
                id,
                Timeframe.OneMinute,
                new Candle(start + (minute * Timeframe.MinuteMs), open, high, low, _price, volume, Math.Round(volume * _price, 6), 50, taker, Math.Round(taker * _price, 6)),
                CandleSource.Exchange);
        }
    }
}
