using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting;

/// <summary>The section <c>Hosting</c>: where a worker listens and how it stops.</summary>
public sealed class HostingOptions
{
    internal const string Section = "Hosting";

    /// <summary>Metrics and health; 0 takes any free port. Default: the service's own (9090 to 9093).</summary>
    [Range(0, 65535)]
    public int MetricsPort { get; set; }

    /// <summary>The API of a worker that has one; 0 takes any free port.</summary>
    [Range(0, 65535)]
    public int ApiPort { get; set; }

    /// <summary>The address to listen on: an IP address, or <c>*</c> for all.</summary>
    [Required]
    public string BindAddress { get; set; } = "*";

    /// <summary>What tells this process from others of its service. Default: machine name and process id.</summary>
    public string? Instance { get; set; }

    /// <summary>How long to go on serving as not ready, so that load balancers take the worker out first.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan DrainDelay { get; set; }
}

[OptionsValidator]
internal sealed partial class HostingOptionsValidator : IValidateOptions<HostingOptions>;

internal sealed class BindAddressCheck : IValidateOptions<HostingOptions>
{
    public ValidateOptionsResult Validate(string? name, HostingOptions options) =>
        options.BindAddress == "*" || IPAddress.TryParse(options.BindAddress, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Hosting:BindAddress = '{options.BindAddress}' is neither an IP address nor *.");
}
