using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal;

/// <summary>
/// One buffer per thread for the message being published, because its length goes over the wire before it does. Taken out
/// while in use: a serializer may publish too.
/// </summary>
internal static class Scratch
{
    private const int Capacity = 4096;

    [ThreadStatic]
    private static WireBuffer? _cached;

    public static WireBuffer Rent()
    {
        var scratch = _cached ?? new WireBuffer(Capacity);
        _cached = null;
        return scratch;
    }

    public static void Return(WireBuffer scratch)
    {
        scratch.Clear();
        _cached = scratch;
    }
}
