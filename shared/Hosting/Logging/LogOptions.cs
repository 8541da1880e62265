using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Logging;

/// <summary>The section <c>Log</c>. Levels per component stand where .NET people expect them: <c>Logging:LogLevel:Component</c>.</summary>
public sealed class LogOptions
{
    internal const string Section = "Log";

    public LogPreset Preset { get; set; }

    /// <summary>Events waiting for the writer; more are dropped and counted.</summary>
    [Range(100, 1_000_000)]
    public int QueueSize { get; set; } = 10_000;
}

public enum LogPreset
{
    /// <summary>Readable in the Development environment, JSON in all others.</summary>
    Auto = 0,
    Development = 1,
    Production = 2,
}

[OptionsValidator]
internal sealed partial class LogOptionsValidator : IValidateOptions<LogOptions>;
