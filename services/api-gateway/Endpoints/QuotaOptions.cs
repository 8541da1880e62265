using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Section <c>Quotas</c>: how much one account may have. Administrators are not limited.</summary>
internal sealed class QuotaOptions
{
    public const string Section = "Quotas";

    [Range(0, 1_000_000)]
    public int Rules { get; set; } = 500;

    [Range(0, 10_000)]
    public int Endpoints { get; set; } = 50;

    /// <summary>That have not ended.</summary>
    [Range(0, 100_000)]
    public int Silences { get; set; } = 200;
}

[OptionsValidator]
internal sealed partial class QuotaOptionsValidator : IValidateOptions<QuotaOptions>;
