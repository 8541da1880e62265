using System.Globalization;
using CryptoScreener.Contracts.Feed;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>The health of one exchange, as measured; what nobody measures is absent.</summary>
/// <param name="State">healthy, degraded, warning or critical.</param>
/// <param name="Availability">Share of the last hour in which its feed was live, from 0 to 1.</param>
/// <param name="ErrorRate">Share of its REST requests that failed or were refused lately, from 0 to 1.</param>
/// <param name="ResponseMs">Time of its REST interface to answer, lately.</param>
/// <param name="Reasons">Why it is not healthy, in words.</param>
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
    IReadOnlyList<string> Reasons)
{
    public static ExchangeHealth Of(FeedStatus status, double? availability, ExchangeReadings readings, long now)
    {
        var silence = Math.Max(0, now - status.At);
        // Its collector says every five seconds how it does; when that stops, the feed is as old as the last word.
        var staleness = Math.Round(status.StalenessSeconds + (silence > 3 * Operations.Availability.IntervalMs ? silence / 1_000.0 : 0), 3);
        var feed = silence > 12 * Operations.Availability.IntervalMs ? FeedState.Down : status.State;
        var (state, reasons) = ExchangeState.Of(feed, availability, status.ErrorRate, status.ResponseMs);
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
            reasons);
    }
}
