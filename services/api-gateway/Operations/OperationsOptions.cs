using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>The section <c>Operations</c>: what cannot be measured but must be known for the operators' views.</summary>
internal sealed class OperationsOptions
{
    public const string Section = "Operations";

    /// <summary>Candles a second that this installation was measured to bear (make bench); without it throughput has no headroom.</summary>
    [Range(1, 1e9)]
    public double? CandlesPerSecondLimit { get; set; }

    /// <summary>What a processor costs an hour, in <see cref="Currency"/>; without prices there is no cost.</summary>
    [Range(0, 1e6)]
    public double? PricePerCpuHour { get; set; }

    [Range(0, 1e6)]
    public double? PricePerGigabyteHour { get; set; }

    /// <summary>What does not depend on load, a month: storage, traffic, licences.</summary>
    [Range(0, 1e9)]
    public double? FixedPricePerMonth { get; set; }

    [Required]
    public string Currency { get; set; } = "USD";

    /// <summary>Whether Alertmanager may post without an account. It reaches a bounded list of texts and nothing else.</summary>
    public bool OpenWebhook { get; set; } = true;

    /// <summary>What Alertmanager has to send as a bearer token; it is no account's. Empty: see <see cref="OpenWebhook"/>.</summary>
    public string WebhookToken { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class OperationsOptionsValidator : IValidateOptions<OperationsOptions>;
