using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.AlertEngine.Suppression;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Evaluation;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>What the engine remembers of one instrument: where each rule stands, and its last closed frame.</summary>
internal sealed class WatchedInstrument(InstrumentId id)
{
    private readonly ClosedFrame _closed = new();
    private List<SavedTrigger> _restored = [];
    private RuleLane? _lane;
    private InstrumentRules? _rules;
    private string _quoteAsset = "";
    private object? _quoteEdition;
    private bool _needsBaseline;
    private long _lostMinute = long.MinValue;
    private long? _lostUntoldAfter; // minutes were lost before there were rules to tell of it
    private long _liveMinute = long.MinValue;
    private long _liveEpoch;
    private long _closedEpoch;

    public InstrumentId Id { get; } = id;

    public InstrumentSuppression Suppression { get; } = new();

    /// <summary>Newest minute whose closed frame was evaluated; a repetition of it says nothing new.</summary>
    public long LastClosedMinute => _closed.Minute;

    /// <summary>How far its minutes are known to be over, with or without a frame.</summary>
    public long OverThrough => Math.Max(LastClosedMinute, _lostMinute);

    /// <summary>The newest minute of which something is known, if only that it is over.</summary>
    public long SeenThrough => Math.Max(OverThrough, _liveMinute);

    public bool HasHoleBefore(long minute) => LastClosedMinute != long.MinValue && minute - OverThrough > Timeframe.MinuteMs;

    /// <summary>Whether it follows a minute that was evaluated; of one that a mark called lost the stream may still bring a frame.</summary>
    public bool IsNext(long minute) => LastClosedMinute >= _lostMinute && !_needsBaseline && minute - LastClosedMinute == Timeframe.MinuteMs;

    /// <summary>
    /// Whether a calculator that lost its lease said this. Not of what stands in the stream: that has one frame of a minute, and whoever
    /// said it first, nobody's else will come.
    /// </summary>
    public bool IsDeposed(in EvaluationItem frame)
    {
        var epoch = frame.Header.Epoch;
        if (frame.IsHeard) return epoch < _closedEpoch;
        if (frame.Header.IsClosed) _closedEpoch = Math.Max(_closedEpoch, epoch);
        else if (epoch < _liveEpoch) return true;
        else _liveEpoch = epoch;
        return false;
    }

    /// <summary>The next frame is the state of things, not news: what was watched before is looked at as if for the first time.</summary>
    public void NeedBaseline()
    {
        _needsBaseline = true;
        LetGo();
    }

    /// <summary>Goes by these rules from now on; a rule that is still there in the same version keeps its state.</summary>
    public void Use(RuleLane lane, CatalogueRules rules, QuoteAssets quotes)
    {
        if (!ReferenceEquals(quotes.Edition, _quoteEdition)) TakeQuoteAsset(quotes);
        if (_rules is not null && ReferenceEquals(lane, _lane)) return;
        LetGo();
        (_lane, _rules) = (lane, lane.Follow(Id, _quoteAsset));
        var isKnown = _closed.Minute != long.MinValue;
        if (isKnown) _rules.RestoreClosed(_closed.Minute, _closed.On(rules.Catalogue));
        var now = isKnown ? _closed.Minute + Timeframe.MinuteMs - 1 : 0;

        // Whether a condition still holds is for the next frame to say: until then it is unknown, and no timer trusts it.
        foreach (var saved in _restored)
            if (rules.Find(saved.Rule, saved.Version) is { } rule) _rules.Restore(rule, saved.State with { Truth = Truth.Unknown }, now);
        _restored = [];
        if (_lostUntoldAfter is { } after) TellLost(_rules, after);
    }

    /// <summary>Starts on a frame; false when it is too late to matter.</summary>
    public bool Begin(in EvaluationItem frame)
    {
        var header = frame.Header;
        if (!_rules!.Begin(frame.Values, frame.Moment, _needsBaseline)) return false;
        _needsBaseline = false;
        if (header.IsClosed) _closed.Set(header.Minute, frame.Catalogue, frame.Values);
        else _liveMinute = Math.Max(_liveMinute, header.Minute);
        return true;
    }

    /// <summary>The minute is over and nothing is known of it, nor of any since the last that was evaluated or lost.</summary>
    public void LoseSight(long minute)
    {
        var after = OverThrough;
        _lostMinute = minute;
        if (_rules is null) _lostUntoldAfter ??= after;
        else TellLost(_rules, after);
    }

    /// <inheritdoc cref="InstrumentRules.Step"/>
    public bool Step(Span<RuleEvent> events, out int count) => _rules!.Step(events, out count);

    public void Restore(SavedInstrument saved)
    {
        _closed.Restore(saved.Closed);
        _restored = saved.Triggers;
        _lostMinute = saved.OverThrough ?? long.MinValue;
        if (saved.Suppression is { } suppression) Suppression.Restore(suppression);
    }

    public SavedInstrument Save()
    {
        List<SavedTrigger> triggers = [.. States()];
        // Of what the rules were not told yet a successor tells them: it finds the hole again.
        var over = _lostUntoldAfter ?? _lostMinute;
        return new(
            Id.ToString(), _closed.Save(), triggers, Suppression.Save(rule => triggers.Exists(t => t.Rule == rule && t.State.IsOpen)),
            over > LastClosedMinute ? over : null);
    }

    private void TellLost(InstrumentRules rules, long after)
    {
        _lostUntoldAfter = null;
        rules.LoseSight(after, _lostMinute);
    }

    private void TakeQuoteAsset(QuoteAssets quotes)
    {
        _quoteEdition = quotes.Edition;
        var quoteAsset = quotes.Of(Id);
        if (quoteAsset == _quoteAsset) return;
        LetGo();
        _quoteAsset = quoteAsset;
    }

    private void LetGo()
    {
        _restored = [.. States()];
        (_lane, _rules) = (null, null);
    }

    /// <summary>An instrument without a frame since we took over has its states still as they were restored.</summary>
    private IEnumerable<SavedTrigger> States() => _rules is null
        ? _restored
        : _rules.States.Select(s => new SavedTrigger(s.Key.Definition.Id, s.Key.Definition.Version, s.Value with { Seen = Ahead(s.Value.Seen) }));

    /// <summary>What was seen of minutes that are closed matters no more, and is not worth its place in a million states.</summary>
    private long Ahead(long minute) => minute > LastClosedMinute ? minute : 0;
}
