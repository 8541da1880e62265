using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Telemetry;

/// <summary>The section <c>Telemetry</c>. Metrics are always served; traces leave the process only with an endpoint.</summary>
public sealed class TelemetryOptions
{
    internal const string Section = "Telemetry";

    /// <summary>Where traces are sent by OTLP (gRPC), for instance <c>http://collector:4317</c>.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>The share of frames whose trace is recorded although no alert came of them. Alerts are always traced.</summary>
    [Range(0.0, 1.0)]
    public double MarketDataSampling { get; set; } = 0.001;
}

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
