using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Watching;

namespace CryptoScreener.Rules.Evaluation;

/// <summary>
/// Follows an instrument's rules at the lowest and at the highest price of each minute that closes, beside the watch that
/// follows its frames: live frames are throttled and may be lost, so a price may have been touched that none of them showed.
/// </summary>
internal sealed class ExtremeWatch(RuleLane lane, PriceColumns columns)
{
    private const int AtLow = 0, AtHigh = 1, Done = 2;

    private readonly List<(WatchIndex Index, InstrumentWatch Watch)> _watches = [];
    private double[] _frame = [];
    private double[] _previous = [];
    private double _close;
    private int _stage = Done;
    private int _watch;

    /// <summary>The price at hand.</summary>
    public double Price => _frame[columns.Price];

    public void Adopt(RuleSet rules, Func<WatchIndex, InstrumentWatch> follow)
    {
        _watches.RemoveAll(watch => !rules.Indexes.Contains(watch.Index));
        foreach (var index in rules.Indexes)
            if (index.IsWithinMinutes && !_watches.Exists(watch => ReferenceEquals(watch.Index, index))) _watches.Add((index, follow(index)));
    }

    /// <param name="closed">The closed frame.</param>
    /// <param name="previous">What crossings look back at.</param>
    public void Begin(ReadOnlySpan<double> closed, ReadOnlySpan<double> previous)
    {
        if (_watches.Count == 0 || !double.IsFinite(closed[columns.Low]) || !double.IsFinite(closed[columns.High])) return;
        if (_frame.Length != closed.Length) _frame = new double[closed.Length];
        if (_previous.Length != previous.Length) _previous = new double[previous.Length];
        closed.CopyTo(_frame);
        previous.CopyTo(_previous);
        _close = closed[columns.Price];
        BeginStage(AtLow);
    }

    /// <summary>Finds rules that were true at an extreme and are false at the close; false when there is more to do.</summary>
    public bool Step(Span<CompiledRule> touched, out int count)
    {
        count = 0;
        while (_stage != Done)
        {
            for (; _watch < _watches.Count; _watch++)
            {
                var room = Math.Min(touched.Length - count, lane.Changes.Length);
                if (room == 0) return false;
                var (index, watch) = _watches[_watch];
                var isDone = watch.Step(lane.Changes.AsSpan(0, room), out var changes);
                foreach (var change in lane.Changes.AsSpan(0, changes))
                    if (change.Truth == Truth.True && IsOnlyTouched(index.Rules[change.Rule])) touched[count++] = index.Rules[change.Rule];
                if (!isDone) return false;
            }

            if (count > 0) return false; // they were touched at this price
            if (_stage == AtLow) BeginStage(AtHigh);
            else _stage = Done;
        }

        return true;
    }

    private void BeginStage(int stage)
    {
        (_stage, _watch) = (stage, 0);
        _frame[columns.Price] = _frame[stage == AtLow ? columns.Low : columns.High];
        foreach (var (_, watch) in _watches) watch.Begin(_frame, _previous);
    }

    /// <summary>Bars fire by their closes, and what looks at no price is the same at both ends of the minute.</summary>
    private bool IsOnlyTouched(CompiledRule rule)
    {
        if (rule.Trigger.Mode == TriggerMode.OncePerBarClose || !rule.LooksAt(columns.Price)) return false;
        var extreme = _frame[columns.Price];
        _frame[columns.Price] = _close;
        var atClose = rule.Evaluate(_frame, _previous);
        _frame[columns.Price] = extreme;
        return atClose == Truth.False;
    }
}
