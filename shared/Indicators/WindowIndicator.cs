using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CryptoScreener.Indicators;

/// <summary>
/// An indicator of the last N bars and nothing before: the N−1 closed ones are summed up once per bar in a struct of
/// eight-byte fields, to which every value joins the last bar. It has no memory, so nothing can drift.
/// </summary>
public abstract class WindowIndicator<TWindow> : Indicator
    where TWindow : unmanaged
{
    public sealed override int PreparedSize => Unsafe.SizeOf<TWindow>() / sizeof(double);

    public sealed override void Prepare(in Bars closed, Span<double> prepared) =>
        MemoryMarshal.AsRef<TWindow>(MemoryMarshal.AsBytes(prepared)) = Prepare(in closed);

    public sealed override void Evaluate(
        ReadOnlySpan<double> memory, ReadOnlySpan<double> prepared, in Bars closed, in Bar last, Span<double> values) =>
        Evaluate(in MemoryMarshal.AsRef<TWindow>(MemoryMarshal.AsBytes(prepared)), in closed, in last, values);

    protected abstract TWindow Prepare(in Bars closed);

    protected abstract void Evaluate(in TWindow window, in Bars closed, in Bar last, Span<double> values);
}
