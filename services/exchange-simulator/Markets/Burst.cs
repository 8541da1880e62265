namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>One pump (or, with a negative size, one sell-off) that begins at a minute.</summary>
internal readonly record struct Burst(long Start, double Size, double Volume)
{
    public const int Begin = -24;
    public const int End = 42;

    // Minute and height of the way's corners. The last stair stands still for a few minutes only, so that the reversal begins
    // while the last fifteen minutes still show the stair.
    private static readonly (int Minute, double Height)[] Corners =
        [(Begin, 0), (-9, 0.04), (0, 0.15), (4, 0.41), (12, 0.45), (16, 0.71), (24, 0.74), (28, 1.0), (31, 1.0), (36, 0.25), (End, 0)];

    public static double Height(long minute)
    {
        if (minute is <= Begin or >= End) return 0;
        var next = 1;
        while (Corners[next].Minute < minute) next++;
        var (a, b) = (Corners[next - 1], Corners[next]);
        return a.Height + ((b.Height - a.Height) * (minute - a.Minute) / (b.Minute - a.Minute));
    }

    /// <summary>How much of the additional volume a minute has: the stairs and the reversal are busy.</summary>
    public static double Interest(long minute) => minute switch
    {
        >= 0 and < 4 => 0.7,
        >= 12 and < 16 => 1,
        >= 24 and < 28 => 1.3,
        >= 32 and < 36 => 1.5,
        _ => 0,
    };
}
