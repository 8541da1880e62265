using System.Collections.Immutable;
using System.Globalization;

namespace CryptoScreener.Contracts.Candles;

/// <summary>The length of a bar or a window in whole minutes, written <c>1m 5m 15m 1h 4h 8h 1d</c>.</summary>
public readonly record struct Timeframe(int Minutes) : IComparable<Timeframe>
{
    public const long MinuteMs = 60_000;
    private const int MaxDays = 365;

    public static readonly Timeframe OneMinute = new(1);
    public static readonly Timeframe OneDay = new(1440);

    public static readonly ImmutableArray<Timeframe> Default = [new(1), new(5), new(15), new(60), new(240), new(480), new(1440)];

    public long Milliseconds => Minutes * MinuteMs;

    /// <summary>The open time of the calendar bar (UTC) that holds this instant.</summary>
    public long OpenOf(long unixMs) => unixMs - Mod(unixMs, Milliseconds);

    public static bool TryParse(ReadOnlySpan<char> text, out Timeframe timeframe)
    {
        timeframe = default;
        if (text.Length < 2) return false;
        var unit = text[^1] switch { 'm' => 1, 'h' => 60, 'd' => 1440, _ => 0 };
        if (unit == 0 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        if (count < 1 || count > MaxDays * 1440 / unit) return false;
        timeframe = new Timeframe(count * unit);
        return true;
    }

    public static Timeframe Parse(string text) => TryParse(text, out var timeframe)
        ? timeframe
        : throw new FormatException($"'{text}' is not a timeframe; write a number and m, h or d, for instance 5m, 1h or 1d");

    public override string ToString() => this switch
    {
        { Minutes: var m } when m > 0 && m % 1440 == 0 => string.Create(CultureInfo.InvariantCulture, $"{m / 1440}d"),
        { Minutes: var m } when m > 0 && m % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{m / 60}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Minutes}m"),
    };

    public int CompareTo(Timeframe other) => Minutes.CompareTo(other.Minutes);

    public static bool operator <(Timeframe left, Timeframe right) => left.Minutes < right.Minutes;

    public static bool operator >(Timeframe left, Timeframe right) => left.Minutes > right.Minutes;

    public static bool operator <=(Timeframe left, Timeframe right) => left.Minutes <= right.Minutes;

    public static bool operator >=(Timeframe left, Timeframe right) => left.Minutes >= right.Minutes;

    private static long Mod(long value, long modulus) => ((value % modulus) + modulus) % modulus;
}
