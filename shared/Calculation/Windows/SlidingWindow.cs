using CryptoScreener.Calculation.Minutes;
using CryptoScreener.Calculation.Planning;

namespace CryptoScreener.Calculation.Windows;

/// <summary>
/// What a window of N minutes ending at some minute holds apart from that minute itself: N−1 closed ones. It changes
/// once a minute, so every update of the forming candle only joins one more minute to it.
/// </summary>
internal readonly struct SlidingWindow
{
    private readonly MinuteAggregate _closed;
    private readonly double _firstClose;
    private readonly double _closeBefore;
    private readonly double _volumeBefore;
    private readonly bool _complete;

    internal SlidingWindow(MinuteStore minutes, in WindowPlan plan, long last)
    {
        var length = plan.Minutes;
        var first = last - length + 1;
        _closed = minutes.Aggregate(first, last - 1);
        _complete = _closed.Count == length - 1;
        _firstClose = minutes.CloseOf(first);
        _closeBefore = minutes.CloseOf(first - 1);
        _volumeBefore = plan.ComparesVolumes ? minutes.QuoteVolumeOf(first - length, first - 1) : double.NaN;
    }

    /// <summary>How many of its minutes are there, the last one included.</summary>
    internal int MinutesKnown => _closed.Count + 1;

    /// <summary>Writes the functions of <see cref="WindowMetric.All"/>; all NaN unless every minute is there.</summary>
    internal void Write(in MinuteAggregate lastMinute, Span<double> values)
    {
        if (!_complete)
        {
            values[..WindowMetric.Count].Fill(double.NaN);
            return;
        }

        var window = _closed;
        window.Append(in lastMinute);
        values[WindowMetric.Open] = window.Open;
        values[WindowMetric.High] = window.High;
        values[WindowMetric.Low] = window.Low;
        values[WindowMetric.Close] = window.Close;
        values[WindowMetric.Volume] = window.QuoteVolume;
        values[WindowMetric.BaseVolume] = window.Volume;
        values[WindowMetric.Trades] = window.Trades;
        values[WindowMetric.TakerShare] = Ratio(window.TakerBuyVolume, window.Volume);
        values[WindowMetric.VolumeRatio] = Ratio(window.QuoteVolume, _volumeBefore);
        values[WindowMetric.Range] = PercentOver(window.High, window.Low);
        values[WindowMetric.Change] = PercentOver(window.Close, _closed.Count == 0 ? window.Close : _firstClose);
        values[WindowMetric.Roc] = PercentOver(window.Close, _closeBefore);
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : double.NaN;

    private static double PercentOver(double value, double reference) => ((value / reference) - 1) * 100;
}
