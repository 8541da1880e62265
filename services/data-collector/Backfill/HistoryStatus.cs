using System.Text.Json.Serialization;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>How far the long history of one exchange's instruments is, as <c>GET /backfill</c> tells it.</summary>
/// <param name="Bars">How many bars belong to it, stored before or not.</param>
/// <param name="BarsDone">How many of them were looked at and, where they were missing, asked for.</param>
/// <param name="Stored">How many candles were fetched and stored since the start.</param>
/// <param name="Failures">How many requests for it failed; what failed is asked for again.</param>
/// <param name="SecondsLeft">An estimate; absent when nothing is left or too little was done to tell.</param>
internal sealed record HistoryStatus(
    string Exchange, int Instruments, int InstrumentsDone, long Bars, long BarsDone, long Stored, long Failures, DateTimeOffset? StartedAt, double? SecondsLeft)
{
    public bool Complete => Instruments == InstrumentsDone;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<HistoryStatus>))]
internal sealed partial class HistoryJson : JsonSerializerContext;
