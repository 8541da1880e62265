using System.Numerics;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.Rules.Watching;

/// <summary>
/// One instrument's view of one group. A false "all" watches one false part, a true "any" one true part; otherwise every
/// part is watched. Only a crossing of something watched can change the condition, so nothing else is looked at.
/// </summary>
internal sealed class GroupWatch
{
    private readonly WatchGroup _group;
    private readonly RuleFilter _filter;
    private readonly NodeValues _values;
    private readonly SlotState[] _slots;
    private readonly ulong[] _watched;
    private readonly Truth[] _truths;
    private readonly int[] _active;
    private int _activeCount;
    private int _started;
    private int _cursor;
    private Pending _singles;
    private Pending _compounds;

    public GroupWatch(WatchGroup group, RuleFilter filter, NodeValues values)
    {
        (_group, _filter, _values) = (group, filter, values);
        _slots = new SlotState[group.SlotNodes.Length];
        _watched = new ulong[(group.Watchable.Count + 63) / 64];
        _truths = new Truth[group.Compounds.Length];
        _active = new int[_slots.Length];
        Array.Fill(_truths, Truth.Unknown);
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            Settle(slot, double.NaN);
            if (HasSingles(slot)) Activate(slot);
        }
    }

    public void Begin() => _cursor = 0;

    /// <summary>True when the frame is worked through, false when the buffer was full before.</summary>
    public bool Step(ref ChangeBuffer changes)
    {
        while (_started < _truths.Length)
        {
            if (!changes.TryLook()) return false;
            Look(_started++, ref changes);
        }

        while (FollowSingles(ref changes) && FollowCompounds(ref changes))
            if (!FindCrossing()) return true;
        return false;
    }

    /// <summary>Advances to the next slot whose value has left its interval.</summary>
    private bool FindCrossing()
    {
        while (_cursor < _activeCount)
        {
            var slot = _active[_cursor];
            if (_slots[slot].Watched == 0 && !HasSingles(slot))
            {
                Deactivate();
                continue;
            }

            _cursor++;
            var value = ValueOf(slot);
            if (_slots[slot].IsUnmoved(value)) continue;
            _singles = new Pending(_group.Singles.Crossed(slot, _slots[slot].Seen, value), value);
            _compounds = new Pending(_group.Watchable.Crossed(slot, _slots[slot].Seen, value), value);
            Settle(slot, value);
            return true;
        }

        return false;
    }

    private bool FollowSingles(ref ChangeBuffer changes)
    {
        for (; _singles.At < _singles.End; _singles.At++)
        {
            if (!changes.TryLook()) return false;
            var target = _group.Singles.Targets[_singles.At];
            if (!_filter.Includes(target >> 1)) continue;
            changes.Add(target >> 1, Arithmetic.Compare(_singles.Value, _group.Singles[_singles.At], (target & 1) == 1));
        }

        return true;
    }

    private bool FollowCompounds(ref ChangeBuffer changes)
    {
        while (NextWatched(_compounds.At, _compounds.End) is var position && position < _compounds.End)
        {
            _compounds.At = position;
            if (!changes.TryLook()) return false;
            _compounds.At++;
            Look(_group.Formula[_group.Watchable.Targets[position]].Compound, ref changes);
        }

        _compounds.At = _compounds.End;
        return true;
    }

    private int NextWatched(int position, int end)
    {
        while (position < end)
        {
            var word = _watched[position >> 6] >> (position & 63);
            if (word != 0) return position + BitOperations.TrailingZeroCount(word);
            position = (position | 63) + 1;
        }

        return end;
    }

    private void Look(int compound, ref ChangeBuffer changes)
    {
        ref readonly var rule = ref _group.Compounds[compound];
        if (!_filter.Includes(rule.Rule)) return;
        for (var node = rule.Root; node < rule.End; node++) Unwatch(in _group.Formula[node]);
        var truth = Evaluate(rule.Root);
        Watch(rule.Root, truth);
        if (_truths[compound] == truth) return;
        _truths[compound] = truth;
        changes.Add(rule.Rule, truth);
    }

    private Truth Evaluate(int index)
    {
        ref readonly var node = ref _group.Formula[index];
        if (node.Kind == FormulaKind.Atom) return Arithmetic.Compare(ValueOf(node.Slot), node.Threshold, node.AtLeast);
        var (joined, decisive) = node.Kind == FormulaKind.All ? (Truth.True, Truth.False) : (Truth.False, Truth.True);
        for (var part = node.First; part < node.First + node.Count; part++)
        {
            var truth = Evaluate(part);
            if (truth == decisive) return truth;
            if (truth == Truth.Unknown) joined = truth;
        }

        return joined;
    }

    private void Watch(int index, Truth truth)
    {
        ref readonly var node = ref _group.Formula[index];
        if (node.Kind == FormulaKind.Atom)
        {
            WatchAtom(in node);
            return;
        }

        var decisive = node.Kind == FormulaKind.All ? Truth.False : Truth.True;
        for (var part = node.First; part < node.First + node.Count; part++)
        {
            var partTruth = Evaluate(part);
            if (truth == decisive && partTruth != decisive) continue;
            Watch(part, partTruth);
            if (truth == decisive) return;
        }
    }

    private void WatchAtom(in FormulaNode atom)
    {
        _watched[atom.First >> 6] |= 1UL << (atom.First & 63);
        ref var slot = ref _slots[atom.Slot];
        slot.Watched++;
        if (slot.IsActive) return;
        Settle(atom.Slot, ValueOf(atom.Slot));
        Activate(atom.Slot);
    }

    private void Unwatch(in FormulaNode node)
    {
        if (node.Kind != FormulaKind.Atom) return;
        ref var word = ref _watched[node.First >> 6];
        var bit = 1UL << (node.First & 63);
        if ((word & bit) == 0) return;
        word &= ~bit;
        _slots[node.Slot].Watched--;
    }

    private void Settle(int slot, double value)
    {
        ref var state = ref _slots[slot];
        state.Seen = value;
        (state.Low, state.High) = double.IsNaN(value)
            ? (double.PositiveInfinity, double.NegativeInfinity)
            : (double.NegativeInfinity, double.PositiveInfinity);
        if (double.IsNaN(value)) return;
        _group.Singles.Narrow(slot, value, ref state.Low, ref state.High);
        _group.Watchable.Narrow(slot, value, ref state.Low, ref state.High);
    }

    private double ValueOf(int slot)
    {
        var value = _values[_group.SlotNodes[slot]];
        return double.IsFinite(value) ? value : double.NaN;
    }

    private bool HasSingles(int slot) => _group.Singles.Start(slot) < _group.Singles.End(slot);

    private void Activate(int slot)
    {
        _slots[slot].IsActive = true;
        _active[_activeCount++] = slot;
    }

    /// <summary>Only where the cursor stands: the last slot takes its place and is visited next.</summary>
    private void Deactivate()
    {
        _slots[_active[_cursor]].IsActive = false;
        _active[_cursor] = _active[--_activeCount];
    }

    /// <summary>Entries still to be looked at because the value has passed them.</summary>
    private struct Pending(Range range, double value)
    {
        public readonly double Value = value;
        public readonly int End = range.End.Value;
        public int At = range.Start.Value;
    }
}
