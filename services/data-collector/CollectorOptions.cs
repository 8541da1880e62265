using System.ComponentModel.DataAnnotations;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges;
using Microsoft.Extensions.Options;

namespace CryptoScreener.DataCollector;

/// <summary>Section <c>Collector</c>: which exchanges and instruments to follow.</summary>
internal sealed class CollectorOptions
{
    public const string Section = "Collector";

    /// <summary>By exchange name, for instance <c>binance-futures</c>.</summary>
    public Dictionary<string, ExchangeOptions> Exchanges { get; } = new(StringComparer.Ordinal);

    /// <summary>Only instruments quoted in one of these; empty for all.</summary>
    public string[] QuoteAssets { get; set; } = ["USDT"];

    /// <summary>The most traded ones of the last 24 hours, by quote volume.</summary>
    [Range(1, 10_000)]
    public int TopByVolume { get; set; } = 800;

    /// <summary>Symbol patterns with <c>*</c> and <c>?</c>; when given, one must match.</summary>
    public string[] Allow { get; set; } = [];

    /// <summary>Symbol patterns, none of which may match.</summary>
    public string[] Deny { get; set; } = [];

    /// <summary>How much 1m history is fetched before an instrument goes live. Twice the longest window completes every metric.</summary>
    [Range(1, 24 * 90)]
    public int BackfillHours { get; set; } = 24;

    /// <summary>
    /// How many of the newest bars of each timeframe are fetched behind the live data. Twice the longest indicator's length
    /// warms all of a timeframe; 0 for none.
    /// </summary>
    [Range(0, 200_000)]
    public int HistoryBars { get; set; } = 400;

    /// <summary>Another number of bars for single timeframes, for instance <c>1m</c> and <c>129600</c> for ninety days.</summary>
    public Dictionary<string, int> HistoryBarsOf { get; } = new(StringComparer.Ordinal);

    /// <summary>How often the exchanges' lists of instruments are read again. A minute that stays incomplete asks for it sooner.</summary>
    [Range(1, 86_400)]
    public int RefreshSeconds { get; set; } = 300;

    /// <summary>How long after a minute's end a silent instrument is looked up over REST.</summary>
    [Range(50, 60_000)]
    public int CloseGraceMs { get; set; } = 1_500;

    /// <summary>How long after a minute's end the mark is published with what is still missing named in it.</summary>
    [Range(500, 600_000)]
    public int CloseDeadlineMs { get; set; } = 15_000;

    /// <summary>A socket that says nothing for so long is opened anew. It is asked before: one on which nothing trades answers.</summary>
    [Range(1_000, 600_000)]
    public int SilenceLimitMs { get; set; } = 15_000;

    /// <summary>After so much silence, or eight of its usual pauses if that is longer, an instrument is looked up: trades that its stream did not tell are a fault.</summary>
    [Range(1_000, 600_000)]
    public int StallAfterMs { get; set; } = 10_000;

    /// <summary>A connection is replaced when it is this old, before the exchange cuts it after 24 hours.</summary>
    [Range(1, 1_440)]
    public int RotateAfterMinutes { get; set; } = 1_380;

    /// <summary>How long a round of the audit takes, in which every instrument's stored candles are compared with the exchange's.</summary>
    [Range(1, 86_400)]
    public int AuditRoundSeconds { get; set; } = 900;

    /// <summary>How many of the last minutes an audit compares. Twice a round's length sees every minute twice.</summary>
    [Range(5, 480)]
    public int AuditMinutes { get; set; } = 60;

    /// <summary>The first of the minutes of <see cref="BackfillHours"/> that end with this one.</summary>
    public long BackfillFrom(long through) => through - (BackfillHours * 60L * Timeframe.MinuteMs) + Timeframe.MinuteMs;
}

[OptionsValidator]
internal sealed partial class CollectorOptionsValidator : IValidateOptions<CollectorOptions>;
