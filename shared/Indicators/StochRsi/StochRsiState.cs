using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CryptoScreener.Indicators;

/// <summary>
/// The RSI, the values of it and of its positions that the windows still need, and the newest averages. How many there
/// are depends on the parameters, so this is a view on the caller's memory instead of a struct laid over it.
/// </summary>
internal readonly ref struct StochRsiState
{
    private readonly Span<double> _rsi;
    private readonly Span<double> _indices;
    private readonly Span<double> _positions;
    private readonly Span<double> _slowed;
    private readonly Span<double> _newest;

    internal StochRsiState(Span<double> memory, int period, int slowing, int smoothing)
    {
        _rsi = Take(ref memory, RsiSize);
        _indices = Take(ref memory, period - 1);
        _positions = Take(ref memory, slowing - 1);
        _slowed = Take(ref memory, smoothing - 1);
        _newest = memory;
    }

    internal double K => _newest[0];

    internal double D => _newest[1];

    private static int RsiSize => Unsafe.SizeOf<RsiState>() / sizeof(double);

    internal static int Size(int period, int slowing, int smoothing) => RsiSize + period + slowing + smoothing - 3 + 2;

    internal void Commit(double close, int rsiPeriod)
    {
        ref var rsi = ref MemoryMarshal.AsRef<RsiState>(MemoryMarshal.AsBytes(_rsi));
        rsi.Commit(close, rsiPeriod);
        if (!rsi.IsReady(rsiPeriod)) return;
        var position = StochRsiKernel.Position(_indices, rsi.Value);
        _newest[0] = SmaKernel.Mean(SmaKernel.Sum(_positions), position, _positions.Length + 1);
        _newest[1] = SmaKernel.Mean(SmaKernel.Sum(_slowed), K, _slowed.Length + 1);
        Push(_indices, rsi.Value);
        Push(_positions, position);
        Push(_slowed, K);
    }

    private static void Push(Span<double> values, double value)
    {
        if (values.IsEmpty) return;
        values[1..].CopyTo(values);
        values[^1] = value;
    }

    private static Span<double> Take(scoped ref Span<double> memory, int count)
    {
        var taken = memory[..count];
        memory = memory[count..];
        return taken;
    }
}
