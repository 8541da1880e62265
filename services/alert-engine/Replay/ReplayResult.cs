using System.Text.Json;
using System.Text.Json.Serialization;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>The answer, as the page gets it.</summary>
internal sealed record ReplayResult(long Instruments, long Minutes, int Seed, IReadOnlyList<ReplayedRule> Rules)
{
    public string ToJson() => JsonSerializer.Serialize(this, ReplayResultJson.Default.ReplayResult);
}

/// <param name="Approximate">Live it may fire within a minute; here only closes are known.</param>
/// <param name="Firings">The newest of them.</param>
/// <param name="Summary">Over all of them, by horizon.</param>
internal sealed record ReplayedRule(
    string RuleId, bool Approximate, IReadOnlyList<ReplayedFiring> Firings, int FiringsTotal, IReadOnlyDictionary<string, HorizonSummary> Summary);

/// <param name="Returns">Percent by horizon; absent where the minute is missing or lies in the future.</param>
internal sealed record ReplayedFiring(
    string AlertId, string Exchange, string Symbol, DateTime At, double Price, IReadOnlyDictionary<string, double> Metadata,
    IReadOnlyDictionary<string, double> Returns);

/// <summary>Returns in percent; null without any. A hit is a price that rose.</summary>
internal sealed record HorizonSummary(
    int Count, double? Mean, double? Median, double? HitRate, double? Best, double? Worst, int BaselineCount, double? BaselineMean, double? BaselineHitRate);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReplayResult))]
internal sealed partial class ReplayResultJson : JsonSerializerContext;
