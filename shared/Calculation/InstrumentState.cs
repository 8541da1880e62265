using System.Buffers;
using CryptoScreener.Calculation.Bars;
using CryptoScreener.Calculation.Minutes;
using CryptoScreener.Calculation.Planning;
using CryptoScreener.Calculation.Snapshots;
using CryptoScreener.Calculation.Windows;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

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
    private readonly MinuteAggregate[] _barsSoFar;
    private readonly BarSeries[] _series;
    private readonly double[] _universe;
    private long _slidTo = MinuteStore.None;
    private FormingMinutes _forming = new();

    public InstrumentState(CalculationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        // The longest bar that a late minute can still change has to be put together again from its half hours.
        _minutes = new MinuteStore(plan.LongestWindow, plan.LongestBar + TimeframePlan.RevisableMinutes, plan.Needs);
        _windows = new SlidingWindow[plan.Windows.Length];
        _barsSoFar = new MinuteAggregate[plan.Series.Length];
        _series = Array.ConvertAll(plan.Series, series => new BarSeries(series));
        _universe = new double[plan.Universe.Count];
        Array.Fill(_universe, double.NaN);
    }

    public CalculationPlan Plan { get; }

    /// <summary>Open time (unix ms) of the newest closed minute, or <see cref="None"/>.</summary>
    public long LastClosedMinute => OpenTimeOf(_minutes.Newest);

    /// <summary>Open time (unix ms) of the minute that <see cref="WriteLiveFrame"/> shows, or <see cref="None"/>.</summary>
    public long FormingMinute => OpenTimeOf(_forming.ViewedMinute);

    /// <summary>Open time (unix ms) of the oldest minute that there is room for, or <see cref="None"/>.</summary>
    public long OldestMinute => OpenTimeOf(_minutes.Oldest);

    /// <summary>How many closed minutes are held.</summary>
    public int ClosedMinutes => _minutes.Count;

    /// <summary>
    /// A minute came too late to reach the indicators. Windows are right; indicators are as if it were missing until the
    /// state is cleared and fed again from storage.
    /// </summary>
    public bool NeedsRebuild { get; private set; }

    /// <summary>What ranks, correlation and beta say until the next minute, in the order of <see cref="UniverseColumns"/>.</summary>
    public Span<double> Universe => _universe;

    /// <summary>Takes a candle that is still forming. False when it says nothing new, so no frame is due.</summary>
    public bool Merge(in Candle live) => _forming.Merge(MinuteOf(in live), in live, _minutes.Newest);

    /// <summary>Takes a closed candle, in any order and any number of times.</summary>
    public CommitOutcome Commit(in Candle closed, CandleSource source)
    {
        if (source == CandleSource.Forming) ThrowNotClosed();
        var minute = MinuteOf(in closed);
        var outcome = _minutes.Put(minute, in closed, source);
        if (outcome is CommitOutcome.Duplicate or CommitOutcome.TooOld) return outcome;
        _slidTo = MinuteStore.None;
        _forming.Close(_minutes.Newest);
        foreach (var series in _series)
        {
            if (outcome == CommitOutcome.NewMinute) series.CatchUp(_minutes);
            else if (!series.Revise(_minutes, minute)) NeedsRebuild = true;
        }

        return outcome;
    }

    /// <summary>
    /// Gives indicators of a timeframe their history: closed bars, oldest first, in place of the bars known so far. The first
    /// of them is the anchor on which recursive indicators stand. Minutes after the last one are fed as usual.
    /// </summary>
    public void SeedBars(Timeframe timeframe, ReadOnlySpan<Candle> bars)
    {
        var series = SeriesOf(timeframe);
        series.Seed(bars);
        if (_minutes.Newest != MinuteStore.None) series.CatchUp(_minutes);
    }

    /// <summary>Open time (unix ms) of the bar on which the recursive indicators of a timeframe stand, or <see cref="None"/>.</summary>
    public long AnchorOf(Timeframe timeframe) => SeriesOf(timeframe).Anchor is { } bar ? bar * timeframe.Milliseconds : None;

    /// <summary>Forgets everything, as if newly made.</summary>
    public void Clear()
    {
        _minutes.Clear();
        foreach (var series in _series) series.Clear();
        Array.Fill(_universe, double.NaN);
        _forming = new FormingMinutes();
        _slidTo = MinuteStore.None;
        NeedsRebuild = false;
    }

    /// <summary>The frame of the newest closed minute. False when there is none.</summary>
    public bool WriteClosedFrame(Span<double> values)
    {
        return WriteClosedFrame(LastClosedMinute, values);
    }

    /// <summary>
    /// The frame of a closed minute (open time, unix ms) as it would be were it the newest: bit for bit, for half an hour back.
    /// False when it is not held.
    /// </summary>
    public bool WriteClosedFrame(long openTime, Span<double> values)
    {
        var minute = openTime / Timeframe.MinuteMs;
        if (openTime < 0 || !_minutes.Has(minute)) return false;
        WriteFrame(minute, _minutes.At(minute), values);
        return true;
    }

    /// <summary>The frame as it would be if the forming minute closed now. False when no minute is forming.</summary>
    public bool WriteLiveFrame(Span<double> values)
    {
        if (_forming.ViewedMinute == MinuteStore.None) return false;
        WriteFrame(_forming.ViewedMinute, MinuteAggregate.Of(_forming.Viewed), values);
        return true;
    }

    /// <summary>Correlation and beta of the bars that were closed at the benchmark's minute, which may be one behind the newest; NaN where one has none.</summary>
    public void CompareWith(BenchmarkCloses benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        BenchmarkComparison.Write(this, benchmark, _universe.AsSpan(Plan.Universe.Ranked.Length));
    }

    /// <summary>All but the forming minute, in the layout of this version: for the same plan, and bit for bit.</summary>
    public void WriteSnapshot(IBufferWriter<byte> output)
    {
        var size = new SnapshotSize();
        Transfer(size);
        var header = SnapshotHeader.Of(Plan, size.Bytes);
        var writer = new SnapshotWriter(output);
        writer.Value(ref header);
        Transfer(writer);
    }

    /// <summary>False, and nothing changed, when the snapshot belongs to another plan or version: feed the state from storage.</summary>
    public bool TryReadSnapshot(ReadOnlyMemory<byte> snapshot)
    {
        if (!SnapshotHeader.Matches(snapshot.Span, Plan)) return false;
        Clear();
        Transfer(new SnapshotReader(snapshot[SnapshotHeader.Size..]));
        foreach (var series in _series) series.Recalculate();
        return true;
    }

    /// <summary>The latest closes of a timeframe's bars as of a closed minute; empty when that is not held.</summary>
    internal ReadOnlySpan<double> ClosesOf(int series, long openTime)
    {
        var minute = openTime / Timeframe.MinuteMs;
        if (_minutes.Newest == MinuteStore.None || minute > _minutes.Newest) return [];
        return _series[series].ClosesUpTo(((minute + 1) / Plan.Series[series].Timeframe.Minutes) - 1);
    }

    private void WriteFrame(long minute, in MinuteAggregate last, Span<double> values)
    {
        if (minute != _slidTo) Slide(minute);
        values[CalculationPlan.PriceColumn] = last.Close;
        if (Plan.HistoryWindow >= 0) values[CalculationPlan.HistoryColumn] = _windows[Plan.HistoryWindow].MinutesKnown;
        for (var i = 0; i < _windows.Length; i++) _windows[i].Write(in last, values[Plan.Windows[i].Column..]);
        if (Plan.FibonacciColumn >= 0) WriteFibonacci(values);
        for (var i = 0; i < _series.Length; i++)
        {
            var bar = _barsSoFar[i];
            bar.Append(in last);
            _series[i].Write(minute, in bar, values);
        }

        _universe.CopyTo(values[Plan.Universe.First..]);
    }

    private void WriteFibonacci(Span<double> values)
    {
        var day = values[Plan.Windows[Plan.DayWindow].Column..];
        var levels = values[Plan.FibonacciColumn..];
        FibonacciKernel.Levels(day[WindowMetric.High], day[WindowMetric.Low], day[WindowMetric.Close], levels);
    }

    private void Slide(long minute)
    {
        for (var i = 0; i < _windows.Length; i++) _windows[i] = new SlidingWindow(_minutes, in Plan.Windows[i], minute);
        for (var i = 0; i < _barsSoFar.Length; i++)
        {
            var length = Plan.Series[i].Timeframe.Minutes;
            _barsSoFar[i] = _minutes.Aggregate(minute / length * length, minute - 1);
        }

        _slidTo = minute;
    }

    private void Transfer(ISnapshot snapshot)
    {
        var needsRebuild = NeedsRebuild;
        snapshot.Value(ref needsRebuild);
        NeedsRebuild = needsRebuild;
        _minutes.Transfer(snapshot);
        foreach (var series in _series) series.Transfer(snapshot);
        snapshot.Values<double>(_universe);
    }

    private BarSeries SeriesOf(Timeframe timeframe)
    {
        var index = Array.FindIndex(Plan.Series, series => series.Timeframe == timeframe);
        return index >= 0
            ? _series[index]
            : throw new ArgumentException($"The plan has no bars of {timeframe}; it has {string.Join(' ', Plan.Timeframes)}.");
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
