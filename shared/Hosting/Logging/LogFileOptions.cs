using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Logging;

/// <summary>The section <c>Log:Files</c>: the same events as JSON in files, one stream per concern. Off unless enabled.</summary>
public sealed class LogFileOptions
{
    internal const string Section = "Log:Files";

    public bool Enabled { get; set; }

    public string Directory { get; set; } = "logs";

    /// <summary>A file that has grown to this size is closed, compressed and followed by the next.</summary>
    [Range(100_000, 1_000_000_000)]
    public long SizeLimitBytes { get; set; } = 10_000_000;

    [Range(1, 3650)]
    public int KeepDays { get; set; } = 7;
}

[OptionsValidator]
internal sealed partial class LogFileOptionsValidator : IValidateOptions<LogFileOptions>;
