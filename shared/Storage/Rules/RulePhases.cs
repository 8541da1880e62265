using System.Text.Json.Serialization;

namespace CryptoScreener.Storage.Rules;

/// <summary>Where a rule stands on an instrument on which it is not at rest.</summary>
/// <param name="Phase">The number of its <c>TriggerPhase</c>.</param>
/// <param name="Since">When the phase began (unix ms).</param>
public sealed record RulePhase(string Instrument, byte Phase, long Since);

/// <summary>Where all rules stand on one partition's instruments, by rule.</summary>
/// <param name="Complete">False when there were more than are kept for people to look at.</param>
public sealed record PartitionPhases(bool Complete, Dictionary<string, List<RulePhase>> Rules);

/// <summary>Where one rule stands, over all partitions.</summary>
/// <param name="AsOf">When the oldest of it was saved (unix ms).</param>
public sealed record RulePhases(long AsOf, bool Complete, IReadOnlyList<RulePhase> Phases);

[JsonSerializable(typeof(PartitionPhases))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class RulePhasesJson : JsonSerializerContext;
