using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Bybit;

/// <summary>Bybit names its bars by their minutes, and days, weeks and months by a letter.</summary>
internal static class BybitIntervals
{
    private static readonly Interval[] All =
    [
        new("1", 1), new("3", 3), new("5", 5), new("15", 15), new("30", 30), new("60", 60), new("120", 120), new("240", 240), new("360", 360),
        new("720", 720), new("D", 1440), new("W", 10_080), new("M", 43_200),
    ];

    public static Interval? Parse(string name) => Array.Find(All, i => i.Name == name);
}
