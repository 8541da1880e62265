namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>Minutes that nobody told, as open times, both ends among them.</summary>
internal readonly record struct SkippedMinutes(long From, long Through)
{
    /// <summary>What both say; nothing said stands for everything.</summary>
    public static SkippedMinutes? Join(SkippedMinutes? one, SkippedMinutes? other) =>
        one is { } a && other is { } b ? new SkippedMinutes(Math.Min(a.From, b.From), Math.Max(a.Through, b.Through)) : null;
}
