namespace CryptoScreener.Contracts.Frames;

/// <summary>What a frame says about itself, before its numbers.</summary>
/// <param name="CatalogueHash">Names the catalogue whose order the numbers follow.</param>
/// <param name="Minute">Open time of the minute the frame describes (unix ms).</param>
/// <param name="EventTime">The exchange's time of the update that caused it.</param>
/// <param name="ReceivedAt">When the collector had that update; 0 when not from a socket.</param>
/// <param name="CalculatedAt">When the calculator finished the frame.</param>
/// <param name="Epoch">The lease epoch of the calculator.</param>
/// <param name="Sequence">Stream sequence of the closed candle that caused it; 0 when it was heard ahead of the stream, and for a live frame.</param>
public readonly record struct FrameHeader(
    bool IsClosed,
    ulong CatalogueHash,
    long Minute,
    long EventTime,
    long ReceivedAt,
    long CalculatedAt,
    long Epoch,
    ulong Sequence);
