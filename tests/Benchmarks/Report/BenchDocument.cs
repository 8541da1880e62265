using System.Text.Json;
using System.Text.Json.Serialization;

namespace CryptoScreener.Benchmarks.Report;

/// <summary>What a comparison leaves under <c>artifacts/bench</c>.</summary>
/// <param name="Run">The same for all that one <c>make bench</c> measured; what an earlier one left has another.</param>
internal sealed record BenchDocument(string Run, string Machine, string Commit, IReadOnlyList<Measured> Figures)
{
    // What nobody saw is not a number, and a ratio to nothing is infinite: said as they are.
    internal static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
