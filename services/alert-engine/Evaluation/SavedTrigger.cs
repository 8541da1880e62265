using System.Text.Json;
using System.Text.Json.Serialization;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>One rule's state on one instrument, as checkpointed; an empty rule carries the instrument's last minute alone.</summary>
internal sealed record SavedTrigger(string Instrument, string Rule, int Version, long LastClosedMinute, TriggerState State);

[JsonSerializable(typeof(List<SavedTrigger>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class SavedTriggerJson : JsonSerializerContext
{
    public static byte[] Write(List<SavedTrigger> triggers) => JsonSerializer.SerializeToUtf8Bytes(triggers, Default.ListSavedTrigger);

    public static List<SavedTrigger> Read(byte[] json) => JsonSerializer.Deserialize(json, Default.ListSavedTrigger) ?? [];
}
