using CryptoScreener.Calculation.Snapshots;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.Calculation.Bars;

/// <summary>The latest closed bars of one timeframe; a bar that is not complete is NaN.</summary>
internal sealed class BarHistory
{
    private readonly Timeframe _timeframe;
    private BarColumn _open;
    private BarColumn _high;
    private BarColumn _low;
    private BarColumn _close;
    private BarColumn _volume;
    private BarColumn _quoteVolume;

    /// <param name="timeframe">Of the bars.</param>
    /// <param name="lookback">How far back indicators look from a bar.</param>
    /// <param name="revisable">How many of the newest bars can still change, so that indicators are worked out again from there.</param>
    internal BarHistory(Timeframe timeframe, Lookback lookback, int revisable)
    {
        _timeframe = timeframe;
        _open = new BarColumn(1 + revisable);
        _high = new BarColumn(Math.Max(1, lookback.HighLow) + revisable);
        _low = new BarColumn(Math.Max(1, lookback.HighLow) + revisable);
        _close = new BarColumn(Math.Max(1, lookback.Close) + revisable);
        _volume = new BarColumn(Math.Max(1, lookback.Volume) + revisable);
        _quoteVolume = new BarColumn(Math.Max(1, lookback.QuoteVolume) + revisable);
    }

    /// <summary>Number of the newest bar, counted in bars since the epoch.</summary>
    internal long Newest { get; private set; }

    internal void Restart(long before)
    {
        Newest = before;
        _open.Clear();
        _high.Clear();
        _low.Clear();
        _close.Clear();
        _volume.Clear();
        _quoteVolume.Clear();
    }

    internal void Append(in Bar bar)
    {
        Newest++;
        _open.Append(bar.Open);
        _high.Append(bar.High);
        _low.Append(bar.Low);
        _close.Append(bar.Close);
        _volume.Append(bar.Volume);
        _quoteVolume.Append(bar.QuoteVolume);
    }

    internal void Replace(long number, in Bar bar)
    {
        var back = (int)(Newest - number);
        _open.At(back) = bar.Open;
        _high.At(back) = bar.High;
        _low.At(back) = bar.Low;
        _close.At(back) = bar.Close;
        _volume.At(back) = bar.Volume;
        _quoteVolume.At(back) = bar.QuoteVolume;
    }

    /// <summary>One of the bars that can still change.</summary>
    internal Bar At(long number)
    {
        var back = (int)(Newest - number);
        return new Bar(
            number * _timeframe.Milliseconds,
            _open.At(back),
            _high.At(back),
            _low.At(back),
            _close.At(back),
            _volume.At(back),
            _quoteVolume.At(back));
    }

    internal Indicators.Bars UpTo(long number)
    {
        var back = (int)(Newest - number);
        return new Indicators.Bars
        {
            High = _high.UpTo(back),
            Low = _low.UpTo(back),
            Close = _close.UpTo(back),
            Volume = _volume.UpTo(back),
            QuoteVolume = _quoteVolume.UpTo(back),
        };
    }

    internal void Transfer(ISnapshot snapshot)
    {
        var newest = Newest;
        snapshot.Value(ref newest);
        Newest = newest;
        _open.Transfer(snapshot);
        _high.Transfer(snapshot);
        _low.Transfer(snapshot);
        _close.Transfer(snapshot);
        _volume.Transfer(snapshot);
        _quoteVolume.Transfer(snapshot);
    }
}
