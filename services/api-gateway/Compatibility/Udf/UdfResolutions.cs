using System.Globalization;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.ApiGateway.Compatibility.Udf;

/// <summary>Charting libraries write minutes as numbers and days as <c>1D</c>.</summary>
internal static class UdfResolutions
{
    public static IReadOnlyList<string> Of(IEnumerable<string> timeframes) => [.. timeframes.Select(Timeframe.Parse).Order().Select(Name)];

    /// <summary>In our spelling; null for what is no resolution.</summary>
    public static string? TimeframeOf(string resolution)
    {
        if (int.TryParse(resolution, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and <= 525_600) return new Timeframe(minutes).ToString();
        if (resolution is "D" or "d") return Timeframe.OneDay.ToString();
        return resolution.Length is > 1 and < 5 && (resolution[^1] is 'D' or 'd') && Timeframe.TryParse(resolution[..^1] + "d", out var days) ? days.ToString() : null;
    }

    private static string Name(Timeframe timeframe) => timeframe.Minutes % 1440 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{timeframe.Minutes / 1440}D")
        : timeframe.Minutes.ToString(CultureInfo.InvariantCulture);
}
