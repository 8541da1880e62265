using System.Globalization;
using CryptoScreener.Contracts.Feed;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>The health of one exchange, as measured; what nobody measures is absent.</summary>
/// <param name="State">healthy, degraded, warning or critical.</param>
/// <param name="Availability">Share of the last hour in which its feed was live, from 0 to 1.</param>
/// <param name="ErrorRate">Share of its REST requests that failed or were refused lately, from 0 to 1.</param>
/// <param name="ResponseMs">Time of its REST interface to answer, lately.</param>
/// <param name="InstrumentsWithoutData">How many brought no frame in the last minute: their rules neither fire nor end.</param>
/// <param name="EvaluationGap">The last time for which no rule was evaluated, of the past day.</param>
/// <param name="Reasons">Why it is not healthy, and what else its alerts lack, in words.</param>
internal sealed record ExchangeHealth(
    string Exchange,
    string State,
    bool Connected,
    string Feed,
    bool Simulated,
    int? Connections,
    int Instruments,
    DateTime? LastMessageAt,
    double StalenessSeconds,
    int? GapsOpen,
    double? ErrorRate,
    double? Availability,
    double? ResponseMs,
    int? InstrumentsWithoutData,
    EvaluationGapView? EvaluationGap,
    IReadOnlyList<string> Reasons)
{
    public static ExchangeHealth Of(FeedStatus status, double? availability, ExchangeReadings readings, EvaluationGapView? gap, long now)
    {
        var silence = Math.Max(0, now - status.At);
        // Its collector says every five seconds how it does; when that stops, the feed is as old as the last word.
        var staleness = Math.Round(status.StalenessSeconds + (silence > 3 * Operations.Availability.IntervalMs ? silence / 1_000.0 : 0), 3);
        var feed = silence > 12 * Operations.Availability.IntervalMs ? FeedState.Down : status.State;
        var (state, reasons) = ExchangeState.Of(feed, availability, status.ErrorRate, status.ResponseMs);
        var recent = gap?.IsRecent(now) == true ? gap : null;
        return new ExchangeHealth(
            status.Exchange,
            state,
            feed == FeedState.Live,
            feed.ToString().ToLower(CultureInfo.InvariantCulture),
            status.Simulated,
            (int?)readings.Connections,
            status.Instruments,
            feed == FeedState.Starting ? null : DateTimeOffset.FromUnixTimeMilliseconds(status.At - (long)(status.StalenessSeconds * 1_000)).UtcDateTime,
            staleness,
            (int?)readings.GapsOpen,
            status.ErrorRate,
            availability is { } share ? Math.Round(share, 4) : null,
            status.ResponseMs,
            (int?)readings.WithoutData,
            recent,
            [.. reasons, .. Lacking(readings.WithoutData, recent)]);
    }

    private static IEnumerable<string> Lacking(double? withoutData, EvaluationGapView? gap)
    {
        if (withoutData > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{withoutData:0} instruments have no data: their rules neither fire nor end");
        if (gap is not null) yield return string.Create(CultureInfo.InvariantCulture, $"no rule was evaluated between {gap.After:HH:mm} and {gap.At:HH:mm} UTC: the frames were gone");
    }
}
