namespace CryptoScreener.Benchmarks.Micro;

/// <summary>What one operation may take.</summary>
/// <param name="AllocatedBytes">Exactly: who needs less writes it down, so that it stays.</param>
/// <param name="MaxRatio">The most time, as a multiple of the baseline's in the same run; only <c>make bench</c> looks at it.</param>
/// <param name="Baseline">Another benchmark, with its parameters; null is the yardstick.</param>
/// <param name="CompilerMayMove">By how many bytes it may differ where much is made: which boxes are spared depends on what the compiler saw before.</param>
internal sealed record Budget(long AllocatedBytes, double? MaxRatio = null, string? Baseline = null, long CompilerMayMove = 0)
{
    internal bool Allows(double bytes) => Math.Abs(bytes - AllocatedBytes) <= CompilerMayMove;
}
