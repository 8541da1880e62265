namespace CryptoScreener.Calculation.Minutes;

/// <summary>The calendar blocks on which sums are anchored: half hours, counted from the epoch.</summary>
internal static class HalfHour
{
    internal const int Length = 30;

    internal static long Of(long minute) => minute / Length;

    internal static long FirstMinute(long block) => block * Length;

    internal static long LastMinute(long block) => (block * Length) + Length - 1;

    internal static int RoundUp(int minutes) => (minutes + Length - 1) / Length * Length;

    /// <summary>The first minute at or after this one with which a block begins.</summary>
    internal static long Ceiling(long minute) => (minute + Length - 1) / Length * Length;
}
