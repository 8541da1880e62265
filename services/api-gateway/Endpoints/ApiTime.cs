using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Times as the API takes and gives them: ISO 8601 in UTC, or unix milliseconds where a client sends a number.</summary>
internal static class ApiTime
{
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTime Of(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs).UtcDateTime;

    [return: NotNullIfNotNull(nameof(unixMs))]
    public static DateTime? Of(long? unixMs) => unixMs is { } ms ? Of(ms) : null;

    public static long ToUnixMs(DateTime time) =>
        new DateTimeOffset(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime()).ToUnixTimeMilliseconds();

    public static bool IsTime(long unixMs) => unixMs >= 0 && unixMs <= Latest;

    public static bool TryParse(string text, out long unixMs)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out unixMs)) return IsTime(unixMs);
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return false;
        unixMs = ToUnixMs(time);
        return unixMs >= 0;
    }
}
