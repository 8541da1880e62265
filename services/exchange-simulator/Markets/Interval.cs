using System.Text;

namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>
/// The length of a bar. Weeks begin on Monday, months on the first, everything else on a multiple since 1970, in a time zone that is
/// <paramref name="ZoneMinutes"/> ahead of UTC.
/// </summary>
internal sealed record Interval(string Name, int Minutes, int ZoneMinutes = 0)
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

    public byte[] NameBytes { get; } = Encoding.ASCII.GetBytes(Name);

    public static Interval? Parse(string name) => Array.Find(All, i => i.Name == name);

    /// <summary>The first minute of the bar that holds <paramref name="minute"/>.</summary>
    public long OpenMinute(long minute)
    {
        var local = minute + ZoneMinutes;
        return Minutes switch
        {
            WeekMinutes => ((local - FirstMonday) / WeekMinutes * WeekMinutes) + FirstMonday - ZoneMinutes,
            MonthMinutes => MonthOf(minute, 0),
            _ => local - (local % Minutes) - ZoneMinutes,
        };
    }

    /// <summary>The first minute of the bar <paramref name="bars"/> later (or earlier, when negative).</summary>
    public long Add(long openMinute, int bars) => Minutes == MonthMinutes ? MonthOf(openMinute, bars) : openMinute + ((long)bars * Minutes);

    public long NextMinute(long openMinute) => Add(openMinute, 1);

    private long MonthOf(long minute, int months)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds((minute + ZoneMinutes) * MinuteMs);
        var first = new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(months);
        return (first.ToUnixTimeMilliseconds() / MinuteMs) - ZoneMinutes;
    }
}
