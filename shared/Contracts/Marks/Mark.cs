namespace CryptoScreener.Contracts.Marks;

/// <summary>
/// The watermark of one partition of one exchange: all its instruments are closed through <see cref="Minute"/>, but for
/// <see cref="Missing"/>. A reader may trust that no closed candle of this or an earlier minute follows, save corrections and repaired gaps.
/// </summary>
/// <param name="Minute">Open time of the last closed minute (unix ms).</param>
/// <param name="Instruments">How many instruments the publisher follows in this partition.</param>
/// <param name="Missing">Symbols of which this minute is not known: a gap, never papered over.</param>
public sealed record Mark(
    string Exchange,
    int Partition,
    long Minute,
    int Instruments,
    IReadOnlyList<string> Missing,
    long PublishedAt,
    long Epoch);
