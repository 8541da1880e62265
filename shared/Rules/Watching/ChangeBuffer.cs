namespace CryptoScreener.Rules.Watching;

/// <summary>Takes changes until the caller's span could overflow; every look at a rule costs one place, changed or not.</summary>
internal ref struct ChangeBuffer(Span<TruthChange> changes)
{
    private readonly Span<TruthChange> _changes = changes;
    private int _looks;

    public int Count { get; private set; }

    public bool TryLook()
    {
        if (_looks == _changes.Length) return false;
        _looks++;
        return true;
    }

    public void Add(int rule, Truth truth) => _changes[Count++] = new TruthChange(rule, truth);
}
