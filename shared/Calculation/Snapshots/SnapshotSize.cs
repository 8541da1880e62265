using System.Runtime.CompilerServices;

namespace CryptoScreener.Calculation.Snapshots;

/// <summary>Counts what a snapshot of a state has to hold, and touches nothing.</summary>
internal sealed class SnapshotSize : ISnapshot
{
    internal int Bytes { get; private set; }

    public void Value<T>(ref T value)
        where T : unmanaged => Bytes += Unsafe.SizeOf<T>();

    public void Values<T>(Span<T> values)
        where T : unmanaged => Bytes += values.Length * Unsafe.SizeOf<T>();
}
