using System.Globalization;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Storage.TimeTables;

/// <summary>A table that is cut into spans of time: they are made ahead and dropped whole.</summary>
internal sealed record TimeTable(string Name, string TimeColumn, int Days)
{
    private const long DayMs = 86_400_000;
    private const string DateFormat = "yyyyMMdd";

    internal static readonly TimeTable CandlesMinute = new("candles_minute", "open_time", 1);
    internal static readonly TimeTable CandlesShort = new("candles_short", "open_time", 7);
    internal static readonly TimeTable CandlesLong = new("candles_long", "open_time", 30);
    internal static readonly TimeTable Metrics = new("metrics", "minute", 1);
    internal static readonly TimeTable MetricsHourly = new("metrics_hourly", "minute", 30);

    internal static readonly IReadOnlyList<TimeTable> All = [CandlesMinute, CandlesShort, CandlesLong, Metrics, MetricsHourly];

    internal long WidthMs => Days * DayMs;

    /// <summary>Where candles of a timeframe are kept: one table per span of retention.</summary>
    internal static TimeTable OfCandles(Timeframe timeframe) => timeframe.Minutes switch
    {
        1 => CandlesMinute,
        < 60 => CandlesShort,
        _ => CandlesLong,
    };

    internal long SpanStartOf(long unixMs) => unixMs - (((unixMs % WidthMs) + WidthMs) % WidthMs);

    internal string SpanNameOf(long spanStart) =>
        Prefix + DateTimeOffset.FromUnixTimeMilliseconds(spanStart).ToString(DateFormat, CultureInfo.InvariantCulture);

    internal long SpanStartOfName(string spanName) => DateTimeOffset.ParseExact(
        spanName[Prefix.Length..], DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();

    private string Prefix => $"{Name}_p";
}
