using System.Buffers;

namespace NATS.Client.Core;

/// <summary>A growing buffer of pooled memory; publishing it hands the memory back to the pool.</summary>
public sealed class NatsBufferWriter<T> : IBufferWriter<T>, IMemoryOwner<T>
{
    private const int DefaultCapacity = 256;

    private T[]? _array;
    private int _count;

    public NatsBufferWriter()
        : this(DefaultCapacity)
    {
    }

    public NatsBufferWriter(int initialCapacity) => _array = ArrayPool<T>.Shared.Rent(initialCapacity);

    Memory<T> IMemoryOwner<T>.Memory => Array.AsMemory(0, _count);

    public ReadOnlyMemory<T> WrittenMemory => Array.AsMemory(0, _count);

    public ReadOnlySpan<T> WrittenSpan => Array.AsSpan(0, _count);

    public int WrittenCount => _count;

    private T[] Array => _array ?? throw new ObjectDisposedException(nameof(NatsBufferWriter<T>));

    public void Clear()
    {
        Array.AsSpan(0, _count).Clear();
        _count = 0;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.Length - _count);
        _count += count;
    }

    public Memory<T> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return Array.AsMemory(_count);
    }

    public Span<T> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return Array.AsSpan(_count);
    }

    public void Dispose()
    {
        if (_array is not { } array)
            return;
        _array = null;
        ArrayPool<T>.Shared.Return(array);
    }

    private void EnsureRoom(int sizeHint)
    {
        var array = Array;
        var needed = _count + Math.Max(sizeHint, 1);
        if (needed <= array.Length)
            return;
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, array.Length * 2));
        array.AsSpan(0, _count).CopyTo(larger);
        _array = larger;
        ArrayPool<T>.Shared.Return(array);
    }
}
