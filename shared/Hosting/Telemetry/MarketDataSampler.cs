using System.Diagnostics;
using OpenTelemetry.Trace;

namespace CryptoScreener.Hosting.Telemetry;

/// <summary>
/// Spans named <c>market …</c> come with every exchange frame: a share of their traces is recorded. All others are recorded,
/// even inside a trace whose market part was not, so that no alert goes untraced.
/// </summary>
internal sealed class MarketDataSampler(double share) : Sampler
{
    public const string NamePrefix = "market ";

    private readonly TraceIdRatioBasedSampler _share = new(share);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var isMarketData = samplingParameters.Name.StartsWith(NamePrefix, StringComparison.Ordinal);
        var parentIsRecorded = samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        return isMarketData && !parentIsRecorded ? _share.ShouldSample(in samplingParameters) : new(SamplingDecision.RecordAndSample);
    }
}
