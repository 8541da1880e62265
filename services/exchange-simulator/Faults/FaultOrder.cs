using System.Text.Json;
using System.Text.Json.Serialization;

namespace CryptoScreener.ExchangeSimulator.Faults;

/// <summary>One fault as ordered over the control endpoint or by a schedule file. Everything but the kind is optional.</summary>
/// <param name="Exchange">All exchanges when absent.</param>
/// <param name="Symbol">All instruments when absent, as the exchange writes them.</param>
/// <param name="After">Real seconds from the order until the fault begins.</param>
/// <param name="Seconds">Real seconds the fault lasts.</param>
/// <param name="Count">How often it strikes: frames, answers or connections.</param>
/// <param name="DelayMs">Real milliseconds a closing frame or an answer is late.</param>
/// <param name="ShiftMs">How far the exchange's clock is off.</param>
/// <param name="Status">The status of a failing answer.</param>
/// <param name="MinutesAgo">Which closed minute is corrected, 1 being the last.</param>
internal sealed record FaultOrder(
    FaultKind Kind,
    string? Exchange = null,
    string? Symbol = null,
    double After = 0,
    double? Seconds = null,
    int? Count = null,
    int DelayMs = 3_000,
    long ShiftMs = 5_000,
    int Status = StatusCodes.Status503ServiceUnavailable,
    int MinutesAgo = 1)
{
    private const double UsualSeconds = 30;

    /// <summary>How many times it strikes when the order does not say: once, unless it is a state that lasts.</summary>
    public int Strikes => Count ?? (Seconds is null && !Lasts ? 1 : int.MaxValue);

    public double Lifetime => Seconds ?? (Count is null && Lasts ? UsualSeconds : double.PositiveInfinity);

    private bool Lasts => Kind is FaultKind.Stall or FaultKind.Refuse or FaultKind.RestError or FaultKind.SlowRest or FaultKind.ClockSkew;

    public string? Complaint() =>
        After < 0 || Seconds < 0 || Count < 1 || DelayMs < 0 || MinutesAgo < 1 ? "after, seconds and delay_ms must not be negative, count and minutes_ago must be positive"
        : Status is < 400 or > 599 ? "status must be 400 to 599"
        : Kind is FaultKind.Correct or FaultKind.Delist && Symbol is null ? $"{Kind} needs a symbol"
        : null;

    /// <summary>One order or an array of them.</summary>
    public static FaultOrder[] Parse(ReadOnlySpan<byte> json)
    {
        var text = json.TrimStart(" \r\n\t"u8);
        try
        {
            return text.StartsWith("["u8)
                ? JsonSerializer.Deserialize(text, FaultJson.Default.FaultOrderArray) ?? []
                : [JsonSerializer.Deserialize(text, FaultJson.Default.FaultOrder) ?? throw new FaultException("write {\"kind\": \"drop\"} or an array of such orders")];
        }
        catch (JsonException e)
        {
            throw new FaultException($"not a fault order: {e.Message} Kinds: {string.Join(' ', Enum.GetNames<FaultKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(FaultKindConverter)])]
[JsonSerializable(typeof(FaultOrder))]
[JsonSerializable(typeof(FaultOrder[]))]
internal sealed partial class FaultJson : JsonSerializerContext;

internal sealed class FaultKindConverter() : JsonStringEnumConverter<FaultKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
