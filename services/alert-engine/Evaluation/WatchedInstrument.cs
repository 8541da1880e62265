using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>What the engine remembers of one instrument: where each rule stands, and its last closed frame.</summary>
internal sealed class WatchedInstrument(InstrumentId id)
{
    private readonly Dictionary<(string Rule, int Version), TriggerState> _restored = [];
    private RuleSet? _rules;
    private CompiledRule[] _applying = [];
    private TriggerState[] _states = [];
    private double[] _previous = [];

    public InstrumentId Id { get; } = id;

    /// <summary>The next frame is the state of things, not news.</summary>
    public bool NeedsBaseline { get; set; }

    /// <summary>Newest minute whose closed frame was evaluated; a repetition of it says nothing new.</summary>
    public long LastClosedMinute { get; private set; } = long.MinValue;

    private long _liveEpoch;
    private long _closedEpoch;

    /// <summary>Whether a calculator that lost its lease said this; live and closed frames each against their own past.</summary>
    public bool IsDeposed(bool isClosed, long epoch)
    {
        ref var highest = ref isClosed ? ref _closedEpoch : ref _liveEpoch;
        if (epoch < highest) return true;
        highest = epoch;
        return false;
    }

    public ReadOnlySpan<CompiledRule> Rules => _applying;

    public Span<TriggerState> States => _states;

    /// <summary>The closed frame before the minute now looked at; empty when there is none of the same catalogue.</summary>
    public ReadOnlySpan<double> Previous => _previous;

    /// <summary>Takes a changed rule set over: a rule that is still there in the same version keeps its state.</summary>
    public void Use(RuleSet rules)
    {
        if (ReferenceEquals(rules, _rules)) return;
        Keep();
        if (_rules?.Catalogue.Hash != rules.Catalogue.Hash) _previous = [];
        _rules = rules;
        _applying = [.. rules.Rules.Where(r => r.Definition.Universe.Covers(Id))];
        _states = new TriggerState[_applying.Length];
        for (var i = 0; i < _applying.Length; i++)
            if (_restored.Remove(KeyOf(_applying[i]), out var state)) _states[i] = state;
        _restored.Clear();
    }

    public void Closed(long minute, ReadOnlySpan<double> frame)
    {
        LastClosedMinute = minute;
        if (_previous.Length != frame.Length) _previous = new double[frame.Length];
        frame.CopyTo(_previous);
    }

    public void Restore(SavedTrigger saved)
    {
        LastClosedMinute = Math.Max(LastClosedMinute, saved.LastClosedMinute);
        if (saved.Rule.Length > 0) _restored[(saved.Rule, saved.Version)] = saved.State;
    }

    public IEnumerable<SavedTrigger> Save()
    {
        yield return new SavedTrigger(Id.ToString(), "", 0, LastClosedMinute, default);
        for (var i = 0; i < _applying.Length; i++)
        {
            if (_states[i] == default) continue;
            var (rule, version) = KeyOf(_applying[i]);
            yield return new SavedTrigger(Id.ToString(), rule, version, LastClosedMinute, _states[i]);
        }

        // An instrument without a frame since we took over has its states still as they were restored.
        foreach (var ((rule, version), state) in _restored)
            if (state != default) yield return new SavedTrigger(Id.ToString(), rule, version, LastClosedMinute, state);
    }

    private void Keep()
    {
        for (var i = 0; i < _applying.Length; i++) _restored[KeyOf(_applying[i])] = _states[i];
    }

    private static (string, int) KeyOf(CompiledRule rule) => (rule.Definition.Id, rule.Definition.Version);
}
