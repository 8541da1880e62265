using CryptoScreener.ApiGateway.Operations;

namespace CryptoScreener.UnitTests.ApiGateway.Operations;

public sealed class PerformanceMinutesTests
{
    [Fact]
    public void A_minute_has_the_mean_of_rates_the_worst_of_quantiles_and_shares_by_requests()
    {
        var minutes = PerformanceMinutes.Of(
            Samples.Hour(i => Samples.Sample with { RequestsPerSecond = i % 12 == 0 ? 120 : 0, ErrorRate = i % 12 == 0 ? 0.5 : null, P99Ms = i % 12, Sockets = i % 12 }), TimeSpan.FromMinutes(1));
        Assert.Equal(60, minutes.Count);
        Assert.All(minutes, minute => Assert.Equal((10, 0.5, 11, 5.5), (minute.RequestsPerSecond, minute.ErrorRate, minute.P99Ms, minute.Sockets)));
        Assert.Equal([0, 0, 0], minutes.Take(3).Select(minute => minute.Timestamp.Second));
        Assert.Equal(minutes.OrderBy(minute => minute.Timestamp), minutes);
    }

    [Fact]
    public void What_nobody_measured_stays_absent()
    {
        var minute = Assert.Single(PerformanceMinutes.Of([Samples.Sample, Samples.Sample], TimeSpan.FromMinutes(1)));
        Assert.Equal(Samples.Sample, minute);
    }

    [Fact]
    public void Minutes_put_together_again_are_longer_spans()
    {
        var minutes = PerformanceMinutes.Of(Samples.Hour(i => Samples.Sample with { Sockets = i < 360 ? 10 : 20, P95Ms = i }), TimeSpan.FromMinutes(1));
        var halves = PerformanceMinutes.Of(minutes, TimeSpan.FromMinutes(30));
        Assert.Equal([(10d, 359d), (20d, 719d)], halves.Select(half => (half.Sockets!.Value, half.P95Ms!.Value)));
    }
}
