using System.Text.Json;
using System.Text.Json.Serialization;
using CryptoScreener.AlertEngine.Suppression;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>What a checkpoint holds of one instrument.</summary>
/// <param name="OverThrough">The last minute without a frame, as far as its rules were told; null when a frame came after it.</param>
internal sealed record SavedInstrument(
    string Instrument, SavedFrame Closed, List<SavedTrigger> Triggers, SavedSuppression? Suppression = null, long? OverThrough = null);

/// <summary>Its last closed frame; the numbers as they lie in memory.</summary>
internal sealed record SavedFrame(long Minute, ulong Catalogue, byte[] Values);

/// <summary>Where one rule stands on it.</summary>
internal sealed record SavedTrigger(string Rule, int Version, TriggerState State);

[JsonSerializable(typeof(List<SavedInstrument>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class SavedInstrumentJson : JsonSerializerContext
{
    public static byte[] Write(List<SavedInstrument> instruments) => JsonSerializer.SerializeToUtf8Bytes(instruments, Default.ListSavedInstrument);

    public static List<SavedInstrument> Read(byte[] json) => JsonSerializer.Deserialize(json, Default.ListSavedInstrument) ?? [];
}
