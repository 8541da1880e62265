using System.Buffers;

namespace CryptoScreener.Storage.TimeTables;

/// <summary>
/// A batch in key order with one row per key. Two writers that go through the same keys in the same order never wait for
/// each other in a circle.
/// </summary>
internal sealed class SortedBatch<T> : IDisposable
{
    private readonly T[] _rows;

    private SortedBatch(T[] rows, int count)
    {
        _rows = rows;
        Count = count;
    }

    internal int Count { get; }

    internal ReadOnlyMemory<T> Rows => _rows.AsMemory(0, Count);

    internal static SortedBatch<T> Of(ReadOnlyMemory<T> rows, ICopyTarget<T> target)
    {
        var order = ArrayPool<int>.Shared.Rent(rows.Length);
        for (var i = 0; i < rows.Length; i++) order[i] = i;
        order.AsSpan(0, rows.Length).Sort((left, right) =>
        {
            var byKey = target.Compare(in rows.Span[left], in rows.Span[right]);
            return byKey != 0 ? byKey : left.CompareTo(right);
        });

        var sorted = ArrayPool<T>.Shared.Rent(rows.Length);
        var count = 0;
        foreach (var index in order.AsSpan(0, rows.Length))
        {
            ref readonly var row = ref rows.Span[index];
            if (count == 0 || target.Compare(in sorted[count - 1], in row) != 0) sorted[count++] = row;
            else if (target.Replaces(in row, in sorted[count - 1])) sorted[count - 1] = row;
        }

        ArrayPool<int>.Shared.Return(order);
        return new SortedBatch<T>(sorted, count);
    }

    public void Dispose() => ArrayPool<T>.Shared.Return(_rows, clearArray: System.Runtime.CompilerServices.RuntimeHelpers.IsReferenceOrContainsReferences<T>());
}
