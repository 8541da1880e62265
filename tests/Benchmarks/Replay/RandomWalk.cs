using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Candles;

namespace CryptoScreener.Benchmarks.Replay;

/// <summary>A random price that moves a few percent a day.</summary>
internal sealed class RandomWalk(int id, Random random)
{
    private double _price = 100;

    internal IEnumerable<CandleRow> Minutes(long start, int count)
    {
        for (var minute = 0; minute < count; minute++)
        {
            var open = _price;
            _price *= 1 + ((random.NextDouble() - 0.5) * 0.004);
            var volume = random.NextDouble() * 1_000;
            yield return new CandleRow(
                id,
                Timeframe.OneMinute,
                new Candle(
                    start + (minute * Timeframe.MinuteMs), open, Math.Max(open, _price) * 1.0005, Math.Min(open, _price) * 0.9995, _price,
                    volume, volume * _price, 50, volume / 2, volume / 2 * _price),
                CandleSource.Exchange);
        }
    }
}
