using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>One stage of the way from the exchange to whoever listens: how long things take in it, by the times that they carry.</summary>
/// <param name="Process">Who falls behind when this stage does.</param>
internal sealed record Stage(string Name, string Process, IReadOnlyList<double> Milliseconds)
{
    public double P50 => At(0.5);

    public double P99 => At(0.99);

    // What lets nothing through keeps up with nothing.
    private double At(double quantile) => Milliseconds.Count == 0 ? double.PositiveInfinity : Quantile.At([.. Milliseconds.Order()], quantile);
}
