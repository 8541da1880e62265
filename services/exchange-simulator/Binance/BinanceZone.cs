using System.Globalization;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>Binance's time zone offsets for bars: <c>8</c>, <c>-1:30</c>, <c>+08:00</c>, from −12:00 to +14:00.</summary>
internal static class BinanceZone
{
    public static Interval? Apply(Interval interval, string zone)
    {
        var isWest = zone.StartsWith('-');
        var parts = zone.TrimStart('+', '-').Split(':');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)) return null;
        var minutes = 0;
        if (parts.Length > 1 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minutes)) return null;
        var offset = (isWest ? -1 : 1) * ((hours * 60) + minutes);
        return offset is >= -720 and <= 840 ? interval with { ZoneMinutes = offset } : null;
    }
}
