using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";
    internal const int FewestConnections = 2;
    internal const int MostConnections = 500;

    /// <summary>As Npgsql reads it, for instance <c>Host=localhost;Username=screener;Password=…;Database=screener</c>.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>Host and port, or a StackExchange.Redis configuration. Empty: cooldowns and limits are per process.</summary>
    [Required(AllowEmptyStrings = true)]
    public string Redis { get; set; } = "";

    [Range(FewestConnections, MostConnections)]
    public int MaxPoolSize { get; set; } = 20;

    /// <summary>How long one command may take. Warm-up and retention set their own.</summary>
    [Range(1, 3_600)]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>How tables by time are kept; decided when they are made, and from then on by what they are.</summary>
    public TimeSeriesKind TimeSeries { get; set; } = TimeSeriesKind.Auto;

    /// <summary>The timeframes whose bars are made from minutes.</summary>
    public string RollUpTimeframes { get; set; } = "5m,15m,1h,4h,8h,1d";

    [Required]
    [ValidateObjectMembers]
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>
    /// Keys that seal endpoints' addresses and secrets, as <c>name:base64 of 32 random bytes</c>, the current one first. None: they are
    /// readable to whoever reads the database.
    /// </summary>
    [Required]
    public string[] SecretKeys { get; set; } = [];

    /// <summary>From 80 % of this size of the database on, logs and metrics warn. Zero: no budget.</summary>
    [Range(0, 1_000_000)]
    public int DiskBudgetGigabytes { get; set; }
}
