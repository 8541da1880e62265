using System.Globalization;

namespace CryptoScreener.Launcher;

/// <summary>Durations as people write them: 90s, 10m, 1h, or plain seconds.</summary>
internal static class Durations
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length == 0) return false;
        var seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        var digits = seconds == 0 ? text : text[..^1];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0) return false;
        duration = TimeSpan.FromSeconds((double)count * Math.Max(1, seconds));
        return duration < TimeSpan.FromDays(24); // what a timer can hold
    }
}
