namespace CryptoScreener.Rules.Watching;

/// <summary>
/// Follows the conditions of all rules on one instrument. One writer; allocates nothing per frame. All conditions begin
/// as unknown.
/// </summary>
public sealed class InstrumentWatch
{
    private readonly InstrumentFrame _frame = new();
    private readonly NodeValues _values;
    private readonly GroupWatch[] _groups;
    private int _group;

    internal InstrumentWatch(NodeValues values, GroupWatch[] groups)
    {
        (_values, _groups) = (values, groups);
        _group = groups.Length;
    }

    /// <summary>Whether the last frame is worked through.</summary>
    public bool IsDone => _group == _groups.Length;

    /// <summary>Starts on a frame. The last one must be done: a condition that was true for one frame only must be seen.</summary>
    /// <param name="previous">See <see cref="Compilation.CompiledCondition.Evaluate"/>.</param>
    public void Begin(ReadOnlySpan<double> frame, ReadOnlySpan<double> previous = default)
    {
        if (!IsDone) throw new InvalidOperationException("The last frame is not done: call Step until it returns true, then begin the next");
        _frame.Set(frame, previous);
        _values.Use(_frame, isNew: true);
        _group = 0;
        foreach (var group in _groups) group.Begin();
    }

    /// <summary>
    /// Works until the frame is done (true) or as many rules were looked at as <paramref name="changes"/> has places
    /// (false): then other instruments may have their turn before the next call, and nothing is lost.
    /// </summary>
    public bool Step(Span<TruthChange> changes, out int count)
    {
        ArgumentOutOfRangeException.ThrowIfZero(changes.Length, nameof(changes));
        _values.Use(_frame, isNew: false);
        var buffer = new ChangeBuffer(changes);
        while (_group < _groups.Length && _groups[_group].Step(ref buffer)) _group++;
        count = buffer.Count;
        return IsDone;
    }
}
