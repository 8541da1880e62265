using System.Diagnostics.CodeAnalysis;

namespace NATS.Client.Core.Internal;

/// <summary>
/// The requests that wait for a reply, all on one subscription; the last token of the reply subject says which one is meant.
/// A token is a slot and the number of its use, so that a late reply to a request that gave up finds nobody.
/// </summary>
internal sealed class ReplyTable : IDisposable
{
    private const int SlotBits = 17;
    private const int MostSlots = 1 << SlotBits;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Stack<int> _free = new();
    private readonly ITimer _sweeper;
    private Entry[] _entries = new Entry[64];
    private int _used;
    private int _pending;
    private bool _sweeping;
    private bool _closed;

    public ReplyTable() => _sweeper = TimeProvider.System.CreateTimer(
        static table => ((ReplyTable)table!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public long Add(ReplySlot slot, TimeSpan timeout)
    {
        slot.Deadline = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(NatsConnection));
            var index = _free.TryPop(out var freed) ? freed : Grow();
            ref var entry = ref _entries[index];
            entry.Slot = slot;
            entry.Use++;
            _pending++;
            if (!_sweeping)
                _sweeping = _sweeper.Change(SweepInterval, SweepInterval);
            return (entry.Use << SlotBits) | (uint)index;
        }
    }

    public bool TryTake(long token, [NotNullWhen(true)] out ReplySlot? slot)
    {
        var index = (int)(token & (MostSlots - 1));
        lock (_gate)
        {
            slot = null;
            if (index >= _used || _entries[index].Use != token >> SlotBits)
                return false;
            slot = Take(index);
            return slot is not null;
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _closed = true;
        _sweeper.Dispose();
        foreach (var slot in TakeAll(static _ => true))
            slot.Fail(new ObjectDisposedException(nameof(NatsConnection)));
    }

    private void Sweep()
    {
        var now = Environment.TickCount64;
        foreach (var slot in TakeAll(slot => slot.Deadline <= now))
            slot.Fail(new NatsNoReplyException());
    }

    private List<ReplySlot> TakeAll(Predicate<ReplySlot> which)
    {
        var taken = new List<ReplySlot>();
        lock (_gate)
        {
            for (var i = 0; i < _used && _pending > 0; i++)
            {
                if (_entries[i].Slot is { } slot && which(slot))
                    taken.Add(Take(i)!);
            }

            // A request that comes now starts the timer again.
            if (_pending == 0 && _sweeping)
                _sweeping = !_sweeper.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        return taken;
    }

    private ReplySlot? Take(int index)
    {
        ref var entry = ref _entries[index];
        if (entry.Slot is not { } slot)
            return null;
        entry.Slot = null;
        _free.Push(index);
        _pending--;
        return slot;
    }

    private int Grow()
    {
        if (_used == MostSlots)
            throw new NatsException($"{MostSlots} requests are waiting for replies; wait for some before sending more");
        if (_used == _entries.Length)
            Array.Resize(ref _entries, _entries.Length * 2);
        return _used++;
    }

    private struct Entry
    {
        public ReplySlot? Slot;
        public long Use;
    }
}
