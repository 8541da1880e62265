namespace CryptoScreener.Benchmarks.Report;

/// <summary>A promised number, or one of the figures that a promise names.</summary>
/// <param name="Verb">Which comparison measures it: <c>make bench only=…</c>.</param>
internal sealed record NumbersRow(string What, double? Floor, double? Goal, string Unit, string Verb, bool IsMoreBetter = false)
{
    internal Measured Of(string of, double value, Baseline? baseline = null) =>
        new(What, of, value, Unit, Floor, Goal, IsMoreBetter) { Row = What, Baseline = baseline };
}
