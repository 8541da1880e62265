using System.Diagnostics;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Telemetry;

/// <summary>
/// A share of the frames of which no alert came, each as one trace: the same stages as an alert's, from the times that came along. The
/// decision is one for the whole trace and costs a frame that is left out nothing but a random number.
/// </summary>
public sealed class MarketTrace(IOptions<TelemetryOptions> options)
{
    private static readonly ActivitySource Source = new("CryptoScreener.Market");
    private readonly double _share = options.Value.MarketDataSampling;

    public void Evaluated(InstrumentId instrument, in FrameHeader frame, long evaluatedAt)
    {
        if (!Source.HasListeners() || Random.Shared.NextDouble() >= _share) return;
        using var root = Source.StartActivity("market frame", ActivityKind.Internal, default(ActivityContext), startTime: TraceStages.Time(frame.EventTime));
        if (root is null) return;
        root.SetTag("exchange", instrument.Exchange).SetTag("symbol", instrument.Symbol).SetTag("frame.closed", frame.IsClosed);
        TraceStages.UntilEvaluated(Source, root, frame.EventTime, frame.ReceivedAt, frame.CalculatedAt, evaluatedAt);
        root.SetEndTime(TraceStages.Time(Math.Max(frame.EventTime, evaluatedAt)).UtcDateTime);
    }
}
