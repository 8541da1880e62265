using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Okx;

/// <summary>OKX's bar names. From six hours up the plain names follow Hong Kong's clock and those ending in utc follow UTC.</summary>
internal static class OkxIntervals
{
    private const int HongKong = 480;

    private static readonly Interval[] All =
    [
        new("1m", 1), new("3m", 3), new("5m", 5), new("15m", 15), new("30m", 30), new("1H", 60), new("2H", 120), new("4H", 240),
        new("6H", 360, HongKong), new("12H", 720, HongKong), new("1D", 1440, HongKong), new("1W", 10_080, HongKong), new("1M", 43_200, HongKong),
        new("6Hutc", 360), new("12Hutc", 720), new("1Dutc", 1440), new("1Wutc", 10_080), new("1Mutc", 43_200),
    ];

    public static Interval? Parse(string name) => Array.Find(All, i => i.Name == name);
}
