using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.AlertEngine.Suppression;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.Rules.Evaluation;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>The rules' states of one partition's instruments. Its lane is the only one to touch it.</summary>
internal sealed class PartitionEvaluator(long epoch, LaneRules rules, QuoteAssets quotes, AlertComposer composer, Suppressor suppressor)
{
    /// <summary>Closes come seconds after their minute, when the next is live; what is further behind live news is being caught up with.</summary>
    private const long MostBehind = 2 * Timeframe.MinuteMs;

    /// <summary>Who has been away for a day is not traded any more.</summary>
    private const long LongestAway = 24 * 60 * Timeframe.MinuteMs;

    // Alerts of one step: published before the next, so that a frame on which a million rules fire needs no million places.
    private readonly RuleEvent[] _fired = new RuleEvent[256];
    private readonly Dictionary<InstrumentId, WatchedInstrument> _instruments = [];
    private bool _lostTrack;

    /// <summary>Frames are gone: the next frame of each instrument is taken as it is, without firing for what lies between.</summary>
    /// <returns>The last evaluated minute of each exchange.</returns>
    public Dictionary<string, long> LoseTrack()
    {
        var after = _instruments.Values.Where(i => i.LastClosedMinute != long.MinValue)
            .GroupBy(i => i.Id.Exchange)
            .ToDictionary(g => g.Key, g => g.Max(i => i.LastClosedMinute), StringComparer.Ordinal);
        foreach (var instrument in _instruments.Values) instrument.NeedBaseline();
        _lostTrack = true;
        return after;
    }

    /// <summary>Starts on a frame, which <see cref="Step"/> works through; false when it is too old, or too new, to matter.</summary>
    /// <param name="held">How many rules are held against it.</param>
    public bool Begin(in EvaluationItem frame, out int held)
    {
        held = 0;
        var instrument = Watch(frame.Instrument);
        if (IsEarly(instrument, frame) || IsOld(instrument, frame) || IsAhead(instrument, frame)) return false;
        instrument.Use(rules.For(frame.Catalogue, out var inForce), inForce, quotes);
        // Nobody marked the minutes between: whoever does it was away, and what should have lasted through them was not seen.
        if (frame.Header.IsClosed && instrument.HasHoleBefore(frame.Header.Minute)) instrument.LoseSight(frame.Header.Minute - Timeframe.MinuteMs);
        held = inForce.Set.Count;
        return instrument.Begin(frame);
    }

    /// <summary>Adds what fires or ends to the list, in order; false when there is more to do.</summary>
    public bool Step(in EvaluationItem frame, List<AlertEvent> events)
    {
        var instrument = _instruments[frame.Instrument];
        var isDone = instrument.Step(_fired, out var count);
        // Critical ones first: what they make superfluous may have fired on the same frame.
        foreach (ref readonly var fired in _fired.AsSpan(0, count))
            if (fired.Rule.Definition.Severity == AlertSeverity.Critical) Add(in fired, instrument, frame, events);
        foreach (ref readonly var fired in _fired.AsSpan(0, count))
            if (fired.Rule.Definition.Severity != AlertSeverity.Critical) Add(in fired, instrument, frame, events);
        return isDone;
    }

    /// <summary>All frames of the mark's minute were before it: an instrument that had none has no data.</summary>
    /// <returns>How many have none; not those that are gone for good.</returns>
    public int Marked(Mark mark)
    {
        var without = 0;
        foreach (var instrument in _instruments.Values)
        {
            if (instrument.Id.Exchange != mark.Exchange || instrument.LastClosedMinute >= mark.Minute) continue;
            instrument.LoseSight(mark.Minute);
            if (mark.Minute - instrument.LastClosedMinute < LongestAway) without++;
        }

        return without;
    }

    public void Restore(IEnumerable<SavedInstrument> saved)
    {
        foreach (var instrument in saved)
            if (InstrumentId.TryParse(instrument.Instrument, out var id)) Watch(id).Restore(instrument);
    }

    public List<SavedInstrument> Save() => [.. _instruments.Values.Select(i => i.Save())];

    private void Add(in RuleEvent fired, WatchedInstrument instrument, in EvaluationItem frame, List<AlertEvent> events)
    {
        var (rule, outcome, touchedAt) = (fired.Rule, fired.Outcome, fired.TouchedAt);
        var (definition, known) = (rule.Definition, instrument.Suppression);
        if (outcome.Resolves)
            events.Add(composer.Resolved(rule, instrument.Id, outcome.ResolvedKey, frame, epoch, known.Ended(definition.Id), touchedAt));
        if (!outcome.Fires) return;
        var suppressed = suppressor.Of(definition, instrument.Id, known, frame.Header.EventTime);
        known.Fired(definition.Id, suppressed);
        var alert = composer.Fired(rule, instrument.Id, outcome.FiredKey, frame, epoch, suppressed, touchedAt);
        // What nobody is told makes nothing superfluous.
        if (suppressed is null && !alert.Late && alert.Severity == AlertSeverity.Critical) known.Told(definition, alert.Id, frame.Header.EventTime);
        events.Add(alert);
    }

    /// <summary>A closed minute is evaluated once, a live frame of it not any more; nor what a deposed calculator still says.</summary>
    private static bool IsOld(WatchedInstrument instrument, in EvaluationItem frame) =>
        instrument.IsDeposed(frame) || frame.Header.Minute <= instrument.LastClosedMinute;

    /// <summary>What was heard ahead of the stream counts only where nothing of the stream can lie before it.</summary>
    private static bool IsEarly(WatchedInstrument instrument, in EvaluationItem frame) => frame.IsHeard && !instrument.IsNext(frame.Header.Minute);

    /// <summary>
    /// Rules that are taken through the past must not be shown the present between two of its minutes, and a minute of which nothing was seen
    /// must first be over: what should last does not last through it unseen.
    /// </summary>
    private static bool IsAhead(WatchedInstrument instrument, in EvaluationItem frame) =>
        !frame.Header.IsClosed && instrument.OverThrough != long.MinValue
        && (frame.Header.Minute - instrument.OverThrough > MostBehind || frame.Header.Minute - instrument.SeenThrough > Timeframe.MinuteMs);

    private WatchedInstrument Watch(InstrumentId id)
    {
        if (_instruments.TryGetValue(id, out var known)) return known;
        var instrument = _instruments[id] = new WatchedInstrument(id);
        if (_lostTrack) instrument.NeedBaseline();
        return instrument;
    }
}
