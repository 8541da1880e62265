using System.Buffers;
using NATS.Client.Core.Internal;

namespace NATS.Client.Core;

/// <summary>
/// Pooled memory of an exact length. A struct, so that a received message costs no allocation; whoever holds the last copy
/// disposes it, once.
/// </summary>
public struct NatsMemoryOwner<T> : IMemoryOwner<T>
{
    private readonly int _length;
    private T[]? _array;

    private NatsMemoryOwner(T[] array, int length)
    {
        _array = array;
        _length = length;
    }

    public static NatsMemoryOwner<T> Empty => default;

    public readonly int Length => _length;

    public readonly Memory<T> Memory => new(_array, 0, _array is null ? 0 : _length);

    public readonly Span<T> Span => new(_array, 0, _array is null ? 0 : _length);

    public static NatsMemoryOwner<T> Allocate(int size) => new(BufferPool<T>.Rent(size), size);

    public void Dispose()
    {
        if (_array is not { } array)
            return;
        _array = null;
        BufferPool<T>.Return(array);
    }
}
