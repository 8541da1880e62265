using System.Text.Json;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.Micro;

/// <summary><c>budgets.json</c>: by the whole name of a benchmark, or by its family for all parameters at once.</summary>
internal sealed class Budgets(IReadOnlyDictionary<string, Budget> budgets)
{
    internal const string Yardstick = "Yardstick.ReadFrameAsJson";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    internal IEnumerable<string> Names => budgets.Keys;

    internal static Budgets Read() => new(JsonSerializer.Deserialize<Dictionary<string, Budget>>(File.ReadAllText(Repository.PathOf("tests", "Benchmarks", "budgets.json")), Format)!);

    internal Budget? Of(MicroBenchmark benchmark) => budgets.GetValueOrDefault(benchmark.Name) ?? budgets.GetValueOrDefault(benchmark.Family);
}
