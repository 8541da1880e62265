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
}

[OptionsValidator]
internal sealed partial class EngineOptionsValidator : IValidateOptions<EngineOptions>;
