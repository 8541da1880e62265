using System.Runtime.InteropServices;

namespace CryptoScreener.Calculation.Snapshots;

internal sealed class SnapshotReader(ReadOnlyMemory<byte> input) : ISnapshot
{
    private ReadOnlyMemory<byte> _rest = input;

    public void Value<T>(ref T value)
        where T : unmanaged => Values(new Span<T>(ref value));

    public void Values<T>(Span<T> values)
        where T : unmanaged
    {
        var target = MemoryMarshal.AsBytes(values);
        _rest.Span[..target.Length].CopyTo(target);
        _rest = _rest[target.Length..];
    }
}
