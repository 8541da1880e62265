using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>One instrument through its stored minutes: the calculation and the rules that are run live, at each close.</summary>
internal sealed class ReplayInstrument
{
    private const long None = long.MinValue;

    private readonly ReplayPlan _plan;
    private readonly ReplayTally _tally;
    private readonly InstrumentState _state;
    private readonly InstrumentRules _rules;
    private readonly ForwardReturns _returns = new();
    private readonly RandomEntries _random;
    private readonly RuleEvent[] _events = new RuleEvent[64];
    private readonly double[] _frame;
    private readonly string _quoteAsset;
    private long _last = None;
    private bool _hasBegun;

    public ReplayInstrument(ReplayPlan plan, RuleLane lane, InstrumentId id, string quoteAsset, ReplayTally tally)
    {
        (_plan, _tally, Id, _quoteAsset) = (plan, tally, id, quoteAsset);
        _state = new InstrumentState(plan.Calculation);
        _rules = lane.Follow(id, quoteAsset);
        _random = new RandomEntries(plan.Request.Seed, id, plan.Request.From);
        _frame = new double[plan.Calculation.Catalogue.Count];
        Array.Fill(_frame, double.NaN); // columns that are not calculated stay so
    }

    public InstrumentId Id { get; }

    /// <summary>The instrument's minutes in order, from the warm-up to a day behind the end.</summary>
    public void Closed(in Candle candle)
    {
        _returns.Closed(candle.OpenTime, candle.Close);
        if (candle.OpenTime >= _plan.Request.To) return;
        if (_last != None) Miss(_last + Timeframe.MinuteMs, candle.OpenTime);
        _last = candle.OpenTime;
        _state.Commit(in candle, CandleSource.Exchange); // each minute is stored once: no source outranks another
        if (!_state.WriteClosedFrame(_frame)) return;
        Evaluate(candle.OpenTime, candle.Close);
        if (candle.OpenTime < _plan.Request.From) return;
        _tally.Minutes++;
        if (_random.IsOne(candle.OpenTime)) _returns.Enter(candle.OpenTime, candle.Close, _tally.Entered(Id, _quoteAsset));
    }

    /// <summary>Minutes without a candle: live, the mark says that there is no data, and what is known of a condition is lost.</summary>
    private void Miss(long from, long before)
    {
        for (var minute = from; minute < before; minute += Timeframe.MinuteMs) _rules.LoseSight(minute - Timeframe.MinuteMs, minute);
    }

    /// <summary>The one firing of a "once" is the first of the report, not one of the warm-up.</summary>
    private void BeginReport(long minute)
    {
        _hasBegun = true;
        foreach (var (rule, state) in _rules.States.Where(known => known.Key.Trigger.Mode == TriggerMode.Once && known.Value.HasFired).ToList())
            _rules.Restore(rule, state with { HasFired = false, IsOpen = false }, minute - 1);
    }

    private void Evaluate(long minute, double price)
    {
        if (!_hasBegun && minute >= _plan.Request.From) BeginReport(minute);
        if (!_rules.Begin(_frame, new Moment(minute + Timeframe.MinuteMs - 1, minute, IsClosed: true))) return;
        for (var isDone = false; !isDone;)
        {
            isDone = _rules.Step(_events, out var count);
            if (minute < _plan.Request.From) continue; // the states of the rules warm up like the metrics
            foreach (ref readonly var fired in _events.AsSpan(0, count))
            {
                if (!fired.Outcome.Fires) continue;
                var at = fired.TouchedAt ?? price;
                _returns.Enter(minute, at, _tally.Fired(fired.Rule, Id, fired.Outcome.FiredKey, minute, at, _frame));
            }
        }
    }
}
