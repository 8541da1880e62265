namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>The length of a bar. Weeks begin on Monday, months on the first, everything else on a multiple since 1970, all in UTC.</summary>
internal sealed record Interval(string Name, int Minutes)
{
    private const long MinuteMs = MinutePath.MillisecondsPerMinute;
    private const int WeekMinutes = 10_080;
    private const int MonthMinutes = 43_200;

    // 1970-01-05 was a Monday.
    private const long FirstMonday = 4 * 1440;

    public static readonly Interval Minute = new("1m", 1);

    public static readonly Interval[] All =
    [
        Minute, new("3m", 3), new("5m", 5), new("15m", 15), new("30m", 30), new("1h", 60), new("2h", 120), new("4h", 240), new("6h", 360),
        new("8h", 480), new("12h", 720), new("1d", 1440), new("3d", 4320), new("1w", WeekMinutes), new("1M", MonthMinutes),
    ];

    public int Index => Array.IndexOf(All, this);

    public static Interval? Parse(ReadOnlySpan<char> name)
    {
        foreach (var interval in All)
            if (name.SequenceEqual(interval.Name)) return interval;
        return null;
    }

    /// <summary>The first minute of the bar that holds <paramref name="minute"/>.</summary>
    public long OpenMinute(long minute) => Minutes switch
    {
        WeekMinutes => ((minute - FirstMonday) / WeekMinutes * WeekMinutes) + FirstMonday,
        MonthMinutes => MonthOf(minute, 0),
        _ => minute - (minute % Minutes),
    };

    /// <summary>The first minute of the bar <paramref name="bars"/> later (or earlier, when negative).</summary>
    public long Add(long openMinute, int bars) => Minutes == MonthMinutes ? MonthOf(openMinute, bars) : openMinute + ((long)bars * Minutes);

    public long NextMinute(long openMinute) => Add(openMinute, 1);

    private static long MonthOf(long minute, int months)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(minute * MinuteMs);
        return new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(months).ToUnixTimeMilliseconds() / MinuteMs;
    }
}
