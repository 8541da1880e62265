using System.Diagnostics;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Hosting.Telemetry;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.Hosting.Telemetry;

public sealed class MarketTraceTests : IDisposable
{
    private static readonly FrameHeader Frame = new(IsClosed: true, 1, Minute: 60_000, EventTime: 100_000, ReceivedAt: 100_004, CalculatedAt: 100_005, Epoch: 1, Sequence: 1);
    private readonly InstrumentId _instrument = new("binance-futures", $"T{Guid.NewGuid():N}"); // other tests may trace too
    private readonly List<Activity> _ended = [];
    private ActivityListener? _listener;

    [Fact]
    public void A_frame_is_one_trace_of_its_stages_with_the_times_it_carried()
    {
        Listen();
        Trace(1).Evaluated(_instrument, Frame, 100_007);

        var root = Assert.Single(_ended, span => _instrument.Symbol.Equals(span.GetTagItem("symbol")));
        var stages = _ended.Where(span => span.ParentSpanId == root.SpanId).Select(span => (span.OperationName, span.Duration.TotalMilliseconds));
        Assert.Equal(("market frame", 7.0), (root.OperationName, root.Duration.TotalMilliseconds));
        Assert.Equal([("exchange frame", 4.0), ("collect and calculate", 1.0), ("evaluate", 2.0)], stages);
    }

    [Fact]
    public void A_frame_that_is_left_out_allocates_nothing()
    {
        Listen();
        var trace = Trace(0);
        trace.Evaluated(_instrument, Frame, 100_007);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) trace.Evaluated(_instrument, Frame, 100_007);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.DoesNotContain(_ended, span => _instrument.Symbol.Equals(span.GetTagItem("symbol")));
    }

    [Fact]
    public void The_share_is_kept_over_many_frames()
    {
        Listen();
        var trace = Trace(0.25);
        for (var i = 0; i < 10_000; i++) trace.Evaluated(_instrument, Frame, 100_007);

        Assert.InRange(_ended.Count(span => _instrument.Symbol.Equals(span.GetTagItem("symbol"))), 2_200, 2_800); // seven standard deviations
    }

    public void Dispose() => _listener?.Dispose();

    private static MarketTrace Trace(double share) => new(Options.Create(new TelemetryOptions { MarketDataSampling = share }));

    private void Listen()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "CryptoScreener.Market",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => { lock (_ended) _ended.Add(span); },
        };
        ActivitySource.AddActivityListener(_listener);
    }
}
