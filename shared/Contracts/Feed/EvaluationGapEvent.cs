namespace CryptoScreener.Contracts.Feed;

/// <summary>
/// Frames of a partition were gone before the alert engine read them: no rule fires for what lies between. What was true
/// at the next frame counts as known.
/// </summary>
/// <param name="After">Open time of the last minute that was evaluated (unix ms).</param>
public sealed record EvaluationGapEvent(string Exchange, int Partition, long After, long At);
