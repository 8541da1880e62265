using System.Collections.Immutable;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.Rules.Presets;

/// <summary>The rules that are there on the first start. Their ids are names that users and older clients rely on.</summary>
public static class BuiltInRules
{
    private const AlertSeverity Warning = AlertSeverity.Warning;
    private const AlertSeverity Info = AlertSeverity.Info;
    private const int RearmSeconds = 300;

    public static readonly ImmutableArray<RuleDefinition> Screener =
    [
        Preset(Warning, "futures_big_bull_60", "Big bull, 60 minutes", "Rises on every scale from an hour to a day, on growing volume.", """
            change(1h) > 1.6 and change(1d) < 15 and change(8h) > change(1h) and change(1d) > change(8h)
            and volume(1h) > 500k and volume(8h) > 5M and 6 * volume(1h) > volume(8h) and 16 * volume(1h) > volume(1d)
            """),
        Preset(Warning, "futures_big_bear_60", "Big bear, 60 minutes", "Falls on every scale from an hour to a day, on growing volume.", """
            change(1h) < -1.6 and change(1d) > -15 and change(8h) < change(1h) and change(1d) < change(8h)
            and volume(1h) > 500k and volume(8h) > 5M and 6 * volume(1h) > volume(8h) and 16 * volume(1h) > volume(1d)
            """),
        Preset(Info, "futures_pioneer_bull", "Pioneer bull", "A rise that has only just begun, with the volume to carry it.", """
            change(5m) > 1 and change(15m) > 1 and 3 * change(5m) > change(15m) and 2 * volume(5m) > volume(15m)
            """),
        Preset(Info, "futures_pioneer_bear", "Pioneer bear", "A fall that has only just begun, with the volume to carry it.", """
            change(5m) < -1 and change(15m) < -1 and 3 * change(5m) < change(15m) and 2 * volume(5m) > volume(15m)
            """),
        Preset(Warning, "futures_5_big_bull", "Big bull, 5 minutes", "Five minutes lead a rise of the hour, on volume far above its share.", """
            change(5m) > 0.6 and change(1d) < 15 and change(15m) > change(5m) and change(1h) > change(15m)
            and volume(5m) > 100k and volume(1h) > 1M
            and volume(5m) > volume(15m) / 3 and volume(5m) > volume(1h) / 6 and volume(5m) > volume(8h) / 66
            """),
        Preset(Warning, "futures_5_big_bear", "Big bear, 5 minutes", "Five minutes lead a fall of the hour, on volume far above its share.", """
            change(5m) < -0.6 and change(1d) > -15 and change(15m) < change(5m) and change(1h) < change(15m)
            and volume(5m) > 100k and volume(1h) > 1M
            and volume(5m) > volume(15m) / 3 and volume(5m) > volume(1h) / 6 and volume(5m) > volume(8h) / 66
            """),
        Preset(Warning, "futures_15_big_bull", "Big bull, 15 minutes", "A quarter of an hour leads a rise of eight, on volume above its share.", """
            change(15m) > 1 and change(1d) < 15 and change(1h) > change(15m) and change(8h) > change(1h)
            and volume(15m) > 400k and volume(1h) > 1M and volume(15m) > volume(1h) / 3 and volume(15m) > volume(8h) / 26
            """),
        Preset(Warning, "futures_15_big_bear", "Big bear, 15 minutes", "A quarter of an hour leads a fall of eight, on volume above its share.", """
            change(15m) < -1 and change(1d) > -15 and change(1h) < change(15m) and change(8h) < change(1h)
            and volume(15m) > 400k and volume(1h) > 1M and volume(15m) > volume(1h) / 3 and volume(15m) > volume(8h) / 26
            """),
        Preset(Info, "futures_bottom_hunter", "Bottom hunter", "A fall that turns upwards on volume.", """
            change(1h) < -0.7 and change(15m) < -0.6 and change(5m) > 0.5
            and volume(5m) > volume(15m) / 2 and volume(5m) > volume(1h) / 8
            """),
        Preset(Info, "futures_top_hunter", "Top hunter", "A rise that turns downwards on volume.", """
            change(1h) > 0.7 and change(15m) > 0.6 and change(5m) < -0.5
            and volume(5m) > volume(15m) / 2 and volume(5m) > volume(1h) / 8
            """),
    ];

    public static readonly ImmutableArray<RuleDefinition> Anomalies =
    [
        Preset(Info, "anomaly_volume", "Unusual volume", "The volume of five minutes is far above what it was lately, and worth looking at.", """
            zscore(volume, 5m) > 4 and volume(5m) > 50k
            """),
        Preset(Info, "anomaly_return", "Unusual return", "Moves on two scales that its own history does not explain.", """
            abs(robust_zscore(return, 5m)) > 4 and abs(robust_zscore(return, 15m)) > 4
            """),
        Preset(Info, "anomaly_breakout", "Volatility break-out", "Leaves its Bollinger bands by a move far beyond its usual range, on twice the volume.", """
            (price > bb_upper(15m) or price < bb_lower(15m)) and range(15m) > 2.5 * natr(15m) and volume_ratio(15m) > 2
            """),
        Preset(Info, "anomaly_correlation", "Correlation break", "Moves while it has stopped following Bitcoin.", """
            correlation(5m) < 0.2 and correlation(1h) > 0.6 and abs(change(15m)) > 1
            """),
    ];

    public static IEnumerable<RuleDefinition> All => [.. Screener, .. Anomalies];

    private static RuleDefinition Preset(AlertSeverity severity, string id, string name, string description, string expression) => new()
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
