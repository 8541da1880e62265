using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.Contracts.Feed;

namespace CryptoScreener.UnitTests.ApiGateway.Operations;

public sealed class ExchangeStateTests
{
    [Theory]
    [InlineData(FeedState.Live, null, null, null, "healthy", 0)]
    [InlineData(FeedState.Live, 0.99, 0.01, 200.0, "healthy", 0)]
    [InlineData(FeedState.Live, 1.0, 0.011, 0.0, "degraded", 1)]
    [InlineData(FeedState.Live, 1.0, 0.0, 201.0, "degraded", 1)]
    [InlineData(FeedState.Live, 1.0, 0.021, 0.0, "warning", 1)]
    [InlineData(FeedState.Live, 0.989, 0.0, 0.0, "warning", 1)]
    [InlineData(FeedState.Live, 1.0, 0.0, 501.0, "warning", 1)]
    [InlineData(FeedState.Live, 1.0, 0.051, 0.0, "critical", 1)]
    [InlineData(FeedState.Live, 0.949, 0.0, 0.0, "critical", 1)]
    [InlineData(FeedState.Live, 1.0, 0.0, 1001.0, "critical", 1)]
    [InlineData(FeedState.Live, 0.9, 0.03, 300.0, "critical", 3)] // the worst counts, each is told
    [InlineData(FeedState.Stale, 1.0, 0.0, 0.0, "warning", 1)]
    [InlineData(FeedState.Down, 1.0, 0.0, 0.0, "critical", 1)]
    [InlineData(FeedState.Starting, null, null, null, "healthy", 0)]
    public void The_worst_measurement_decides(FeedState feed, double? availability, double? errors, double? response, string state, int reasons)
    {
        var (name, why) = ExchangeState.Of(feed, availability, errors, response);
        Assert.Equal((state, reasons), (name, why.Count));
    }

    [Fact]
    public void Availability_is_the_live_share_of_the_last_hour()
    {
        var availability = new Availability();
        for (var i = 0; i < 720; i++) availability.Add(i * Availability.IntervalMs, isLive: i >= 72);
        Assert.Equal(0.9, availability.At(719 * Availability.IntervalMs)!.Value, 2);
        for (var i = 720; i < 1_440; i++) availability.Add(i * Availability.IntervalMs, isLive: true);
        Assert.Equal(1, availability.At(1_439 * Availability.IntervalMs));
    }

    [Fact]
    public void Silence_is_unavailability()
    {
        var availability = new Availability();
        for (var i = 0; i < 360; i++) availability.Add(i * Availability.IntervalMs, isLive: true);
        Assert.Equal(0.5, availability.At(720 * Availability.IntervalMs)!.Value, 2);
        Assert.Equal(0, availability.At(2_000 * Availability.IntervalMs));
    }

    [Fact]
    public void One_word_says_nothing_yet()
    {
        var availability = new Availability();
        Assert.Null(availability.At(0));
        availability.Add(0, isLive: true);
        Assert.Null(availability.At(10_000));
    }

    [Fact]
    public void An_exchange_whose_collector_fell_silent_goes_down()
    {
        var status = new FeedStatus("x", FeedState.Live, false, 5, 0, 0.5, 0, At: 1_000_000);
        var readings = new ExchangeReadings(2, 2, 0, null);
        Assert.Equal(("healthy", true, 0.5), Health(1_004_000));
        Assert.Equal(("critical", false, 61.5), Health(1_061_000));

        (string, bool, double) Health(long now)
        {
            var health = ExchangeHealth.Of(status, null, readings, null, now);
            return (health.State, health.Connected, health.StalenessSeconds);
        }
    }

    [Fact]
    public void What_alerts_lack_is_said_in_words_and_changes_no_state()
    {
        var status = new FeedStatus("x", FeedState.Live, false, 5, 0, 0.5, 0, At: 86_400_000);
        var gap = EvaluationGapView.Of(new EvaluationGapEvent("x", 1, 60_000, 3_600_000), EvaluationGapView.Of(new EvaluationGapEvent("x", 0, 120_000, 3_590_000), null));

        var health = ExchangeHealth.Of(status, null, new ExchangeReadings(2, 2, 0, 3), gap, 86_400_000);

        Assert.Equal("healthy", health.State);
        Assert.Equal(["3 instruments have no data: their rules neither fire nor end", "no rule was evaluated between 00:01 and 01:00 UTC: the frames were gone"], health.Reasons);
        Assert.Null(ExchangeHealth.Of(status, null, new ExchangeReadings(2, 2, 0, 0), gap, 3 * 86_400_000).EvaluationGap);
    }
}
