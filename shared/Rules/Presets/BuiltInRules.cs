using System.Collections.Immutable;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.Rules.Presets;

/// <summary>The rules that are there on the first start. Their ids are names that users and older clients rely on.</summary>
public static class BuiltInRules
{
    private const int RearmSeconds = 300;

    public static readonly ImmutableArray<RuleDefinition> Screener =
    [
        Preset("futures_big_bull_60", "Big bull, 60 minutes", "Rises on every scale from an hour to a day, on growing volume.", AlertSeverity.Warning, """
            change(1h) > 1.6 and change(1d) < 15 and change(8h) > change(1h) and change(1d) > change(8h)
            and volume(1h) > 500k and volume(8h) > 5M and 6 * volume(1h) > volume(8h) and 16 * volume(1h) > volume(1d)
            """),
        Preset("futures_big_bear_60", "Big bear, 60 minutes", "Falls on every scale from an hour to a day, on growing volume.", AlertSeverity.Warning, """
            change(1h) < -1.6 and change(1d) > -15 and change(8h) < change(1h) and change(1d) < change(8h)
            and volume(1h) > 500k and volume(8h) > 5M and 6 * volume(1h) > volume(8h) and 16 * volume(1h) > volume(1d)
            """),
        Preset("futures_pioneer_bull", "Pioneer bull", "A rise that has only just begun, with the volume to carry it.", AlertSeverity.Info, """
            change(5m) > 1 and change(15m) > 1 and 3 * change(5m) > change(15m) and 2 * volume(5m) > volume(15m)
            """),
        Preset("futures_pioneer_bear", "Pioneer bear", "A fall that has only just begun, with the volume to carry it.", AlertSeverity.Info, """
            change(5m) < -1 and change(15m) < -1 and 3 * change(5m) < change(15m) and 2 * volume(5m) > volume(15m)
            """),
        Preset("futures_5_big_bull", "Big bull, 5 minutes", "Five minutes lead a rise of the hour, on volume far above its share.", AlertSeverity.Warning, """
            change(5m) > 0.6 and change(1d) < 15 and change(15m) > change(5m) and change(1h) > change(15m)
            and volume(5m) > 100k and volume(1h) > 1M
            and volume(5m) > volume(15m) / 3 and volume(5m) > volume(1h) / 6 and volume(5m) > volume(8h) / 66
            """),
        Preset("futures_5_big_bear", "Big bear, 5 minutes", "Five minutes lead a fall of the hour, on volume far above its share.", AlertSeverity.Warning, """
            change(5m) < -0.6 and change(1d) > -15 and change(15m) < change(5m) and change(1h) < change(15m)
            and volume(5m) > 100k and volume(1h) > 1M
            and volume(5m) > volume(15m) / 3 and volume(5m) > volume(1h) / 6 and volume(5m) > volume(8h) / 66
            """),
        Preset("futures_15_big_bull", "Big bull, 15 minutes", "A quarter of an hour leads a rise of eight, on volume above its share.", AlertSeverity.Warning, """
            change(15m) > 1 and change(1d) < 15 and change(1h) > change(15m) and change(8h) > change(1h)
            and volume(15m) > 400k and volume(1h) > 1M and volume(15m) > volume(1h) / 3 and volume(15m) > volume(8h) / 26
            """),
        Preset("futures_15_big_bear", "Big bear, 15 minutes", "A quarter of an hour leads a fall of eight, on volume above its share.", AlertSeverity.Warning, """
            change(15m) < -1 and change(1d) > -15 and change(1h) < change(15m) and change(8h) < change(1h)
            and volume(15m) > 400k and volume(1h) > 1M and volume(15m) > volume(1h) / 3 and volume(15m) > volume(8h) / 26
            """),
        Preset("futures_bottom_hunter", "Bottom hunter", "A fall that turns upwards on volume.", AlertSeverity.Info, """
            change(1h) < -0.7 and change(15m) < -0.6 and change(5m) > 0.5
            and volume(5m) > volume(15m) / 2 and volume(5m) > volume(1h) / 8
            """),
        Preset("futures_top_hunter", "Top hunter", "A rise that turns downwards on volume.", AlertSeverity.Info, """
            change(1h) > 0.7 and change(15m) > 0.6 and change(5m) < -0.5
            and volume(5m) > volume(15m) / 2 and volume(5m) > volume(1h) / 8
            """),
    ];

    public static IEnumerable<RuleDefinition> All => Screener;

    private static RuleDefinition Preset(string id, string name, string description, AlertSeverity severity, string expression) => new()
    {
        Id = id,
        Version = 1,
        Name = name,
        RuleType = id,
        Description = description,
        Severity = severity,
        Expression = expression,
        Trigger = new TriggerOptions { Mode = TriggerMode.OnEnter, RearmSeconds = RearmSeconds },
    };
}
