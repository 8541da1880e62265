using CryptoScreener.Contracts.Feed;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>A time for which no rule was evaluated: the frames were gone before an engine read them.</summary>
/// <param name="After">The last minute that was evaluated.</param>
/// <param name="At">When evaluation went on.</param>
internal sealed record EvaluationGapView(DateTime After, DateTime At)
{
    // The engines that share an exchange's partitions find the same hole within seconds of each other.
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Mentioned = TimeSpan.FromHours(24);

    public static EvaluationGapView Of(EvaluationGapEvent gap, EvaluationGapView? before)
    {
        var (after, at) = (TimeOf(gap.After), TimeOf(gap.At));
        return before is null || at - before.At > Together ? new(after, at) : new(after < before.After ? after : before.After, at > before.At ? at : before.At);
    }

    public bool IsRecent(long now) => TimeOf(now) - At < Mentioned;

    private static DateTime TimeOf(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs).UtcDateTime;
}
