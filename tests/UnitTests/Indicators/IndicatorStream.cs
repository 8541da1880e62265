using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.UnitTests.Indicators;

/// <summary>
/// Feeds one indicator bar by bar. Every column is cut to exactly what the indicator says it looks back at, so an
/// understated lookback shows.
/// </summary>
internal sealed class IndicatorStream(Indicator indicator)
{
    private readonly double[] _memory = new double[indicator.MemorySize];
    private readonly double[] _prepared = new double[indicator.PreparedSize];
    private readonly List<Candle> _closed = [];

    internal double[] Preview(in Candle last)
    {
        var values = new double[indicator.Outputs];
        Array.Fill(values, double.NaN);
        if (_closed.Count + 1 < indicator.WarmUp) return values;
        var history = History();
        indicator.Prepare(in history, _prepared);
        indicator.Evaluate(_memory, _prepared, in history, BarOf(in last), values);
        return values;
    }

    internal void Commit(in Candle closed)
    {
        indicator.Commit(_memory, BarOf(in closed));
        _closed.Add(closed);
    }

    private Bars History() => new()
    {
        High = Last(indicator.Lookback.HighLow, c => c.High),
        Low = Last(indicator.Lookback.HighLow, c => c.Low),
        Close = Last(indicator.Lookback.Close, c => c.Close),
        Volume = Last(indicator.Lookback.Volume, c => c.Volume),
        QuoteVolume = Last(indicator.Lookback.QuoteVolume, c => c.QuoteVolume),
    };

    private double[] Last(int count, Func<Candle, double> field) => [.. _closed.TakeLast(count).Select(field)];

    private static Bar BarOf(in Candle c) => new(c.OpenTime, c.Open, c.High, c.Low, c.Close, c.Volume, c.QuoteVolume);
}
