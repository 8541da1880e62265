using CryptoScreener.Calculation.Minutes;
using CryptoScreener.Calculation.Windows;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Calculation;

/// <summary>
/// Everything that is known about one instrument. One thread owns it; nothing is allocated after construction. Its
/// state is a function of the set of candles it was given, not of their order: README.md states the rules.
/// </summary>
public sealed class InstrumentState
{
    /// <summary>Stands for "no such minute" where an open time is asked for.</summary>
    public const long None = -1;

    private readonly MinuteStore _minutes;
    private readonly SlidingWindow[] _windows;
    private long _slidTo = MinuteStore.None;
    private FormingMinutes _forming = new();

    public InstrumentState(CalculationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        _minutes = new MinuteStore(plan.LongestWindow, horizon: 0);
        _windows = new SlidingWindow[plan.Timeframes.Length];
    }

    public CalculationPlan Plan { get; }

    /// <summary>Open time (unix ms) of the newest closed minute, or <see cref="None"/>.</summary>
    public long LastClosedMinute => OpenTimeOf(_minutes.Newest);

    /// <summary>Open time (unix ms) of the minute that <see cref="WriteLiveFrame"/> shows, or <see cref="None"/>.</summary>
    public long FormingMinute => OpenTimeOf(_forming.ViewedMinute);

    /// <summary>How many closed minutes are held.</summary>
    public int ClosedMinutes => _minutes.Count;

    /// <summary>Takes a candle that is still forming. False when it says nothing new, so no frame is due.</summary>
    public bool Merge(in Candle live) => _forming.Merge(MinuteOf(in live), in live, _minutes.Newest);

    /// <summary>Takes a closed candle, in any order and any number of times.</summary>
    public CommitOutcome Commit(in Candle closed, CandleSource source)
    {
        if (source == CandleSource.Forming) ThrowNotClosed();
        var outcome = _minutes.Put(MinuteOf(in closed), in closed, source);
        if (outcome is CommitOutcome.Duplicate or CommitOutcome.TooOld) return outcome;
        _slidTo = MinuteStore.None;
        _forming.Close(_minutes.Newest);
        return outcome;
    }

    /// <summary>The frame of the newest closed minute. False when there is none.</summary>
    public bool WriteClosedFrame(Span<double> values)
    {
        if (_minutes.Newest == MinuteStore.None) return false;
        WriteFrame(_minutes.Newest, _minutes.At(_minutes.Newest), values);
        return true;
    }

    /// <summary>The frame as it would be if the forming minute closed now. False when no minute is forming.</summary>
    public bool WriteLiveFrame(Span<double> values)
    {
        if (_forming.ViewedMinute == MinuteStore.None) return false;
        WriteFrame(_forming.ViewedMinute, MinuteAggregate.Of(_forming.Viewed), values);
        return true;
    }

    private void WriteFrame(long minute, in MinuteAggregate last, Span<double> values)
    {
        if (minute != _slidTo) Slide(minute);
        values[CalculationPlan.PriceColumn] = last.Close;
        values[CalculationPlan.HistoryColumn] = _windows[^1].MinutesKnown;
        var column = CalculationPlan.FirstWindowColumn;
        foreach (ref readonly var window in _windows.AsSpan())
        {
            window.Write(in last, values[column..]);
            column += WindowMetric.Count;
        }
    }

    private void Slide(long minute)
    {
        for (var i = 0; i < _windows.Length; i++) _windows[i] = new SlidingWindow(_minutes, Plan.Timeframes[i].Minutes, minute);
        _slidTo = minute;
    }

    private static long MinuteOf(in Candle candle)
    {
        if (candle.OpenTime <= 0 || candle.OpenTime % Timeframe.MinuteMs != 0) ThrowNotAMinute(candle.OpenTime);
        return candle.OpenTime / Timeframe.MinuteMs;
    }

    private static long OpenTimeOf(long minute) => minute == MinuteStore.None ? None : minute * Timeframe.MinuteMs;

    private static void ThrowNotAMinute(long openTime) =>
        throw new ArgumentException($"{openTime} is not the open time of a minute; only 1m candles are fed, bars are built from them.");

    private static void ThrowNotClosed() =>
        throw new ArgumentException("A forming candle cannot be committed; pass it to Merge, or give the source that closed it.");
}
