using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>The rules' states of one partition's instruments. Its lane is the only one to touch it.</summary>
internal sealed class PartitionEvaluator(long epoch, RulesInForce book, AlertComposer composer)
{
    private readonly Dictionary<InstrumentId, WatchedInstrument> _instruments = [];
    private bool _lostTrack;

    /// <summary>Frames are gone: the next frame of each instrument is taken as it is, without firing for what lies between.</summary>
    public void LoseTrack()
    {
        foreach (var instrument in _instruments.Values) instrument.NeedsBaseline = true;
        _lostTrack = true;
    }

    /// <summary>Evaluates a frame; what fires or ends is added to the list, in order.</summary>
    /// <returns>How many rules were looked at.</returns>
    public int Evaluate(in EvaluationItem frame, List<AlertEvent> events)
    {
        var instrument = Watch(frame.Instrument);
        if (IsOld(instrument, frame)) return 0;
        instrument.Use(book.For(frame.Catalogue));
        var moment = new Moment(frame.Header.EventTime, frame.Header.Minute, frame.Header.IsClosed);
        var rules = instrument.Rules;
        var states = instrument.States;
        for (var i = 0; i < rules.Length; i++)
        {
            var rule = rules[i];
            var truth = rule.Evaluate(frame.Values, instrument.Previous);
            if (instrument.NeedsBaseline)
            {
                TriggerMachine.Baseline(ref states[i], rule.Trigger, truth, moment);
                continue;
            }

            var outcome = TriggerMachine.Next(ref states[i], rule.Trigger, truth, moment);
            if (outcome.Resolves) events.Add(composer.Resolved(rule, instrument.Id, outcome.ResolvedKey, frame, epoch));
            if (outcome.Fires) events.Add(composer.Fired(rule, instrument.Id, outcome.FiredKey, frame, epoch));
        }

        instrument.NeedsBaseline = false;
        if (frame.Header.IsClosed) instrument.Closed(frame.Header.Minute, frame.Values);
        return rules.Length;
    }

    public void Restore(IEnumerable<SavedTrigger> saved)
    {
        foreach (var trigger in saved)
            if (InstrumentId.TryParse(trigger.Instrument, out var id)) Watch(id).Restore(trigger);
    }

    public List<SavedTrigger> Save() => [.. _instruments.Values.SelectMany(i => i.Save())];

    /// <summary>A closed minute is evaluated once, a live frame of it not any more; nor what a deposed calculator still says.</summary>
    private static bool IsOld(WatchedInstrument instrument, in EvaluationItem frame) =>
        instrument.IsDeposed(frame.Header.IsClosed, frame.Header.Epoch) || frame.Header.Minute <= instrument.LastClosedMinute;

    private WatchedInstrument Watch(InstrumentId id)
    {
        if (_instruments.TryGetValue(id, out var known)) return known;
        return _instruments[id] = new WatchedInstrument(id) { NeedsBaseline = _lostTrack };
    }
}
