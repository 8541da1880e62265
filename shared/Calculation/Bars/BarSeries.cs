using CryptoScreener.Calculation.Minutes;
using CryptoScreener.Calculation.Planning;
using CryptoScreener.Calculation.Snapshots;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.Calculation.Bars;

/// <summary>
/// The bars of one timeframe and the indicators on them. Indicator memory is kept twice: <em>settled</em> follows the newest
/// bar at a fixed distance, <em>current</em> stands where the frame to be written needs it. A late or corrected minute
/// changes a bar between the two, and current is worked out again from settled: late and in time end in the same state.
/// </summary>
internal sealed class BarSeries
{
    private readonly TimeframePlan _plan;
    private readonly BarHistory _bars;
    private readonly IndicatorMemory _settled;
    private readonly IndicatorMemory _current;
    private readonly PreparedValues _prepared;
    private bool _started;
    private bool _stale;

    internal BarSeries(TimeframePlan plan)
    {
        _plan = plan;
        _bars = new BarHistory(plan.Timeframe, plan.Lookback, plan.RevisableBars);
        _settled = new IndicatorMemory(plan);
        _current = new IndicatorMemory(plan);
        _prepared = new PreparedValues(plan);
    }

    /// <summary>Number of the first bar in the run of complete bars that leads up to the newest.</summary>
    internal long? Anchor
    {
        get
        {
            if (!_started) return null;
            var run = _settled.Run;
            for (var bar = _settled.Bar + 1; bar <= _bars.Newest; bar++) run = double.IsNaN(_bars.At(bar).Close) ? 0 : run + 1;
            return run > 0 ? _bars.Newest - run + 1 : null;
        }
    }

    internal ReadOnlySpan<double> ClosesUpTo(long bar) =>
        _started && bar <= _bars.Newest && bar > _bars.Newest - _plan.RevisableBars ? _bars.UpTo(bar).Close : [];

    internal void Clear() => _started = _stale = false;

    /// <summary>Appends the bars that ended with or before the newest closed minute.</summary>
    internal void CatchUp(MinuteStore minutes)
    {
        var newest = ((minutes.Newest + 1) / _plan.Timeframe.Minutes) - 1;
        var outOfReach = (_bars.Newest + 1) * _plan.Timeframe.Minutes < minutes.OldestWritable; // nothing left to build the next bar from
        if (!_started || (outOfReach && newest - _bars.Newest > _plan.RevisableBars)) Restart(newest - _plan.RevisableBars);
        while (_bars.Newest < newest) Append(BarOf(minutes, _bars.Newest + 1));
    }

    /// <summary>Takes stored bars, oldest first, in place of everything known.</summary>
    internal void Seed(ReadOnlySpan<Candle> bars)
    {
        if (bars.IsEmpty) return;
        Restart((bars[0].OpenTime / _plan.Timeframe.Milliseconds) - 1);
        foreach (ref readonly var bar in bars)
        {
            var number = bar.OpenTime / _plan.Timeframe.Milliseconds;
            if (bar.OpenTime % _plan.Timeframe.Milliseconds != 0) ThrowMisaligned(bar.OpenTime);
            if (number - _bars.Newest > _plan.RevisableBars) Restart(number - 1);
            while (_bars.Newest < number - 1) Append(Missing);
            if (number > _bars.Newest)
                Append(new Bar(bar.OpenTime, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.QuoteVolume));
        }
    }

    /// <summary>A minute behind the newest came late or changed. False when that is too long ago for its bar to change.</summary>
    internal bool Revise(MinuteStore minutes, long minute)
    {
        var number = minute / _plan.Timeframe.Minutes;
        if (number > _bars.Newest) return true; // of the bar that is still forming: nothing was derived from it
        if (minute < minutes.Newest - TimeframePlan.RevisableMinutes) return false;
        if (number <= _settled.Bar) return true; // seeded bars are ahead of the minutes: they stand
        var bar = BarOf(minutes, number);
        if (double.IsNaN(bar.Close)) return true; // other minutes of it are missing as well
        _bars.Replace(number, in bar);
        _stale = true;
        return true;
    }

    /// <summary>Writes the indicators as of a minute, the last of the given bar so far; all NaN when that bar has a hole.</summary>
    internal void Write(long minute, in MinuteAggregate bar, Span<double> values)
    {
        var number = minute / _plan.Timeframe.Minutes;
        var complete = bar.Count == minute - (number * _plan.Timeframe.Minutes) + 1;
        if (!complete || !_started || number - 1 > _bars.Newest || number - 1 < _settled.Bar)
        {
            WriteNothing(values);
            return;
        }

        MoveTo(number - 1);
        var closed = _bars.UpTo(number - 1);
        var last = new Bar(number * _plan.Timeframe.Milliseconds, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.QuoteVolume);
        _prepared.For(_current, in closed);
        foreach (ref readonly var slot in _plan.Slots.AsSpan())
        {
            var target = values.Slice(slot.Column, slot.Indicator.Outputs);
            if (_current.Run + 1 < slot.WarmUp) target.Fill(double.NaN);
            else slot.Indicator.Evaluate(_current.Of(in slot), _prepared.Of(in slot), in closed, in last, target);
        }
    }

    internal void Transfer(ISnapshot snapshot)
    {
        snapshot.Value(ref _started);
        _bars.Transfer(snapshot);
        _settled.Transfer(snapshot);
    }

    /// <summary>After a snapshot was read: current memory follows from the settled one and the bars.</summary>
    internal void Recalculate() => _stale = true;

    private void Restart(long before)
    {
        _bars.Restart(before);
        _settled.Restart(before);
        _started = _stale = true;
    }

    private void Append(in Bar bar)
    {
        _bars.Append(in bar);
        if (_bars.Newest - _settled.Bar > _plan.RevisableBars) _settled.Advance(_bars.At(_settled.Bar + 1));
    }

    /// <summary>Brings current memory to where this bar is the last one in it.</summary>
    private void MoveTo(long bar)
    {
        if (_stale || _current.Bar > bar || _current.Bar < _settled.Bar)
        {
            _current.CopyFrom(_settled);
            _prepared.Forget();
            _stale = false;
        }

        while (_current.Bar < bar) _current.Advance(_bars.At(_current.Bar + 1));
    }

    private Bar BarOf(MinuteStore minutes, long number)
    {
        // Joined like the forming bar, so that its last preview and the bar that is kept are the same to the last bit.
        var first = number * _plan.Timeframe.Minutes;
        var last = first + _plan.Timeframe.Minutes - 1;
        var bar = minutes.Aggregate(first, last - 1);
        bar.Append(minutes.At(last));
        return bar.Count < _plan.Timeframe.Minutes
            ? Missing
            : new Bar(number * _plan.Timeframe.Milliseconds, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.QuoteVolume);
    }

    private static Bar Missing => new(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    private void WriteNothing(Span<double> values)
    {
        foreach (ref readonly var slot in _plan.Slots.AsSpan()) values.Slice(slot.Column, slot.Indicator.Outputs).Fill(double.NaN);
    }

    private void ThrowMisaligned(long openTime) =>
        throw new ArgumentException($"{openTime} is not the open time of a {_plan.Timeframe} bar; each timeframe is seeded with its own bars.");
}
