using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Indicators;

/// <summary>Bars as they come from storage or a file, turned into columns for a batch run.</summary>
public sealed class BarTable
{
    private readonly double[][] _columns;
    private readonly long[] _openTimes;

    public BarTable(ReadOnlySpan<Candle> candles)
    {
        _openTimes = new long[candles.Length];
        _columns = new double[6][];
        for (var column = 0; column < _columns.Length; column++) _columns[column] = new double[candles.Length];
        for (var i = 0; i < candles.Length; i++)
        {
            ref readonly var candle = ref candles[i];
            _openTimes[i] = candle.OpenTime;
            _columns[0][i] = candle.Open;
            _columns[1][i] = candle.High;
            _columns[2][i] = candle.Low;
            _columns[3][i] = candle.Close;
            _columns[4][i] = candle.Volume;
            _columns[5][i] = candle.QuoteVolume;
        }
    }

    public Bars Bars => new()
    {
        OpenTime = _openTimes,
        Open = _columns[0],
        High = _columns[1],
        Low = _columns[2],
        Close = _columns[3],
        Volume = _columns[4],
        QuoteVolume = _columns[5],
    };
}
