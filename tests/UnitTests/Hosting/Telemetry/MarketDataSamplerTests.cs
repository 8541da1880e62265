using System.Diagnostics;
using CryptoScreener.Hosting.Telemetry;
using OpenTelemetry.Trace;

namespace CryptoScreener.UnitTests.Hosting.Telemetry;

public sealed class MarketDataSamplerTests
{
    [Theory]
    [InlineData(0.0, "market frame", SamplingDecision.Drop)]
    [InlineData(1.0, "market frame", SamplingDecision.RecordAndSample)]
    [InlineData(0.0, "alert fire", SamplingDecision.RecordAndSample)]
    [InlineData(0.0, "marketing", SamplingDecision.RecordAndSample)]
    public void Only_market_data_is_sampled_by_its_share(double share, string name, SamplingDecision expected) =>
        Assert.Equal(expected, Decide(share, name, ActivityTraceId.CreateRandom()));

    [Theory]
    [InlineData("market frame", ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    [InlineData("market frame", ActivityTraceFlags.None, SamplingDecision.Drop)]
    [InlineData("alert fire", ActivityTraceFlags.None, SamplingDecision.RecordAndSample)]
    public void Market_data_follows_its_parent_and_an_alert_is_recorded_even_when_its_frame_was_not(
        string name, ActivityTraceFlags parent, SamplingDecision expected)
    {
        var trace = ActivityTraceId.CreateRandom();

        Assert.Equal(expected, Decide(0, name, trace, new(trace, ActivitySpanId.CreateRandom(), parent)));
    }

    [Fact]
    public void The_share_is_kept_over_many_traces()
    {
        var kept = Enumerable.Range(0, 10_000)
            .Count(i => Decide(0.25, "market frame", TraceId((ulong)i * 0x9E37_79B9_7F4A_7C15)) == SamplingDecision.RecordAndSample);

        Assert.InRange(kept, 2_400, 2_600);
    }

    private static SamplingDecision Decide(double share, string name, ActivityTraceId trace, ActivityContext parent = default) =>
        new MarketDataSampler(share).ShouldSample(new SamplingParameters(parent, trace, name, ActivityKind.Internal)).Decision;

    private static ActivityTraceId TraceId(ulong seed) => ActivityTraceId.CreateFromString($"{seed:x16}{~seed:x16}");
}
