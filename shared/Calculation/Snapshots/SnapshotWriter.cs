using System.Buffers;
using System.Runtime.InteropServices;

namespace CryptoScreener.Calculation.Snapshots;

internal sealed class SnapshotWriter(IBufferWriter<byte> output) : ISnapshot
{
    public void Value<T>(ref T value)
        where T : unmanaged => output.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    public void Values<T>(Span<T> values)
        where T : unmanaged => output.Write(MemoryMarshal.AsBytes(values));
}
