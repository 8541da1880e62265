using System.Text.Json.Serialization;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.Storage.Replays;

/// <summary>What to replay: rules as they are at the time of asking, so that later changes do not change the answer.</summary>
public sealed record ReplayRequest
{
    public required IReadOnlyList<RuleDefinition> Rules { get; init; }

    /// <summary>Open time of the first minute (unix ms).</summary>
    public required long From { get; init; }

    /// <summary>The first minute that is not looked at any more.</summary>
    public required long To { get; init; }

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<string> Exchanges { get; set; } = [];

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<string> Symbols { get; set; } = [];

    /// <summary>Of the random entries that firings are compared with: the same seed gives the same answer.</summary>
    public int Seed { get; set; } = 1;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReplayRequest))]
internal sealed partial class ReplayJson : JsonSerializerContext;
