using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CryptoScreener.AlertEngine;

/// <summary>Section <c>Engine</c>.</summary>
internal sealed class EngineOptions
{
    public const string Section = "Engine";

    /// <summary>An alert found later than this after its event, while catching up, is recorded as late and not delivered.</summary>
    [Range(1, 86_400)]
    public int MaxAlertAgeSeconds { get; set; } = 300;

    /// <summary>How often the database is asked for changed rules, besides the hints on the bus.</summary>
    [Range(1, 3_600)]
    public int RuleReloadSeconds { get; set; } = 30;

    /// <summary>
    /// For so long after a critical alert the lesser ones of the same instrument and owner are recorded but not delivered; 0 delivers all.
    /// </summary>
    [Range(0, 86_400)]
    public int InhibitionSeconds { get; set; }

    /// <summary>How many threads a replay may take; 0 for one per processor.</summary>
    [Range(0, 64)]
    public int ReplayThreads { get; set; }
}

[OptionsValidator]
internal sealed partial class EngineOptionsValidator : IValidateOptions<EngineOptions>;
