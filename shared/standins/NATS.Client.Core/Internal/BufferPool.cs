using System.Buffers;
using System.Numerics;

namespace NATS.Client.Core.Internal;

/// <summary>
/// Arrays that one thread rents and another gives back, thousands at a time: the socket reader rents, the application returns.
/// The shared ArrayPool keeps few arrays per core and lets the rest of such a burst fall to the collector. Here each thread
/// fills and empties a magazine of its own and only full magazines change hands.
/// </summary>
internal static class BufferPool<T>
{
    private const int SmallestShift = 6;
    private const int LargestShift = 16;
    private const int MagazineSize = 64;

    // Per size; beyond it arrays go to the collector.
    private const int MostPooledItems = 16 * 1024 * 1024;

    private static readonly Depot[] Depots = [.. Enumerable.Range(SmallestShift, LargestShift - SmallestShift + 1).Select(shift => new Depot(shift))];

    [ThreadStatic]
    private static Magazine?[]? _mine;

    public static T[] Rent(int length)
    {
        if (length > 1 << LargestShift)
            return ArrayPool<T>.Shared.Rent(length);
        var index = IndexOf(length);
        ref var mine = ref Mine(index);
        if (mine is not { Count: > 0 })
        {
            if (!Depots[index].TryTake(ref mine))
                return new T[1 << (index + SmallestShift)];
        }

        return mine!.Pop();
    }

    public static void Return(T[] array)
    {
        if (array.Length > 1 << LargestShift)
        {
            ArrayPool<T>.Shared.Return(array);
            return;
        }

        var index = IndexOf(array.Length);
        ref var mine = ref Mine(index);
        mine ??= new Magazine();
        if (mine.Count == MagazineSize)
            Depots[index].Give(ref mine);
        mine!.Push(array);
    }

    private static int IndexOf(int length) => Math.Max(0, BitOperations.Log2((uint)Math.Max(length - 1, 1)) + 1 - SmallestShift);

    private static ref Magazine? Mine(int index) => ref (_mine ??= new Magazine?[Depots.Length])[index];

    private sealed class Magazine
    {
        private readonly T[]?[] _arrays = new T[]?[MagazineSize];

        public int Count { get; private set; }

        public T[] Pop()
        {
            var array = _arrays[--Count]!;
            _arrays[Count] = null;
            return array;
        }

        public void Push(T[] array) => _arrays[Count++] = array;
    }

    private sealed class Depot(int shift)
    {
        private readonly Lock _gate = new();
        private readonly Stack<Magazine> _full = new();
        private readonly Stack<Magazine> _empty = new();
        private readonly int _most = Math.Max(1, MostPooledItems / (MagazineSize << shift));

        public bool TryTake(ref Magazine? empty)
        {
            lock (_gate)
            {
                if (!_full.TryPop(out var full))
                    return false;
                if (empty is not null)
                    _empty.Push(empty);
                empty = full;
                return true;
            }
        }

        public void Give(ref Magazine? full)
        {
            lock (_gate)
            {
                if (_full.Count < _most)
                    _full.Push(full!);
                full = _empty.TryPop(out var empty) ? empty : new Magazine();
            }
        }
    }
}
