using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CryptoScreener.Indicators;

/// <summary>
/// An indicator whose state follows from the state before and one bar. The state is a struct of eight-byte fields laid
/// over the caller's doubles: one flat array per instrument makes copies, snapshots and replays a memory copy.
/// </summary>
public abstract class RecursiveIndicator<TState> : Indicator
    where TState : unmanaged
{
    public sealed override int MemorySize => Unsafe.SizeOf<TState>() / sizeof(double);

    public sealed override void Commit(Span<double> memory, in Bar bar) =>
        Commit(ref MemoryMarshal.AsRef<TState>(MemoryMarshal.AsBytes(memory)), in bar);

    public sealed override void Evaluate(
        ReadOnlySpan<double> memory, ReadOnlySpan<double> prepared, in Bars closed, in Bar last, Span<double> values)
    {
        var next = MemoryMarshal.AsRef<TState>(MemoryMarshal.AsBytes(memory));
        Commit(ref next, in last);
        Read(in next, in last, values);
    }

    protected abstract void Commit(ref TState state, in Bar bar);

    /// <summary>The values after the last committed bar.</summary>
    protected abstract void Read(in TState state, in Bar last, Span<double> values);
}
