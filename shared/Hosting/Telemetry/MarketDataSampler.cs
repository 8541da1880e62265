using OpenTelemetry.Trace;

namespace CryptoScreener.Hosting.Telemetry;

/// <summary>
/// Decides for spans that begin a trace: those named <c>market …</c> begin with every exchange frame and are sampled, all
/// others are recorded. What has a parent follows it.
/// </summary>
internal sealed class MarketDataSampler(double share) : Sampler
{
    public const string NamePrefix = "market ";

    private readonly TraceIdRatioBasedSampler _share = new(share);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Name.StartsWith(NamePrefix, StringComparison.Ordinal)
            ? _share.ShouldSample(in samplingParameters)
            : new(SamplingDecision.RecordAndSample);
}
