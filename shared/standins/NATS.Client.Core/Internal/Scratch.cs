using System.Collections.Concurrent;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal;

/// <summary>
/// Buffers for the message being published, because its length goes over the wire before it does: one per thread, and a few
/// for those that were given back on another. Taken out while in use: a serializer may publish too.
/// </summary>
internal static class Scratch
{
    private const int Capacity = 4096;
    private const int MostShared = 64;

    private static readonly ConcurrentStack<WireBuffer> Shared = new();

    [ThreadStatic]
    private static WireBuffer? _cached;

    public static WireBuffer Rent()
    {
        if (_cached is not { } scratch)
            return Shared.TryPop(out var shared) ? shared : new WireBuffer(Capacity);
        _cached = null;
        return scratch;
    }

    public static void Return(WireBuffer scratch)
    {
        scratch.Clear();
        if (_cached is null)
            _cached = scratch;
        else if (Shared.Count < MostShared)
            Shared.Push(scratch);
    }
}
