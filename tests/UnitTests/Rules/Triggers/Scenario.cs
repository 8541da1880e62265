using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.UnitTests.Rules.Triggers;

/// <summary>A series that goes in and what must come out at each of its steps; the format is told in scenarios/README.md.</summary>
public sealed record Scenario(string Name, string Expression, JsonElement Trigger, IReadOnlyList<ScenarioStep> Steps)
{
    private static readonly DateTime Day = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    [JsonIgnore]
    public TriggerOptions Options => ReadRule().Trigger;

    public static IReadOnlyList<Scenario> In(string file) => JsonSerializer.Deserialize<IReadOnlyList<Scenario>>(File.ReadAllText(file), Json)!;

    public static long TimeOf(string text) => UnixMs(Day.Add(TimeSpan.Parse(text, CultureInfo.InvariantCulture)));

    public static string TextOf(long unixMs) => (DateTimeOffset.FromUnixTimeMilliseconds(unixMs).UtcDateTime - Day).ToString();

    private static long UnixMs(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();

    private RuleDefinition ReadRule()
    {
        var text = $$"""{"id":"r","version":1,"name":"r","rule_type":"custom","expression":"x","trigger":{{Trigger.GetRawText()}}}""";
        return JsonSerializer.Deserialize(text, ContractsJson.Default.RuleDefinition)!;
    }
}

/// <param name="At">Time of day; of a step that closes, the minute's open time.</param>
/// <param name="Closes">The minute is over with these numbers.</param>
/// <param name="Price">The value of <c>price</c>; without it the instrument has no data.</param>
/// <param name="Idle">Nothing new arrived, but the feed is known to be alive: only timers count.</param>
public sealed record ScenarioStep(
    string At,
    bool Closes = false,
    double? Price = null,
    bool Idle = false,
    bool Baseline = false,
    string? Fires = null,
    string? Resolves = null,
    TriggerPhase? Phase = null)
{
    public Moment Moment => Closes
        ? new Moment(Scenario.TimeOf(At) + 61_000, Scenario.TimeOf(At), IsClosed: true)
        : Moment.Due(Scenario.TimeOf(At));
}
