using System.Text.Json;

namespace CryptoScreener.Benchmarks.Report;

/// <summary>What a comparison leaves under <c>artifacts/bench</c>.</summary>
/// <param name="Run">The same for all that one <c>make bench</c> measured; what an earlier one left has another.</param>
internal sealed record BenchDocument(string Run, string Machine, string Commit, IReadOnlyList<Measured> Figures)
{
    internal static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}
