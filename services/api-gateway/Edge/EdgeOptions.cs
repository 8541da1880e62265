using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>Section <c>Edge</c>: what the gateway takes from the outside, and how much of it.</summary>
internal sealed class EdgeOptions
{
    public const string Section = "Edge";

    /// <summary>Pages of these origins may call the API, for instance <c>https://screener.example</c>; <c>*</c> for all.</summary>
    public string[] CorsOrigins { get; set; } = [];

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose X-Forwarded-For and -Proto are believed.</summary>
    public string[] TrustedProxies { get; set; } = [];

    [Range(1_024, 10_000_000)]
    public int MaxBodyBytes { get; set; } = 256 * 1024;

    [Range(256, 65_536)]
    public int MaxQueryBytes { get; set; } = 8 * 1024;

    /// <summary>How long one request may take; exports and streams are not limited.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a request's headers may take to come, and its body to come at 240 bytes a second.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00")]
    public TimeSpan SlowRequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests per minute of one API key or token's subject; 0 for no limit.</summary>
    [Range(0, 10_000_000)]
    public int AccountRequestsPerMinute { get; set; } = 3_000;

    /// <summary>Requests per minute of one address without an account; 0 for no limit.</summary>
    [Range(0, 10_000_000)]
    public int AddressRequestsPerMinute { get; set; } = 600;

    /// <summary>How many requests a wrong credential counts as.</summary>
    [Range(1, 1_000)]
    public int WrongCredentialCost { get; set; } = 10;
}

[OptionsValidator]
internal sealed partial class EdgeOptionsValidator : IValidateOptions<EdgeOptions>;

internal sealed class EdgeOptionsCrossCheck : IValidateOptions<EdgeOptions>
{
    public ValidateOptionsResult Validate(string? name, EdgeOptions options)
    {
        var errors = options.TrustedProxies.Where(proxy => !IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _))
            .Select(proxy => $"Edge:TrustedProxies: '{proxy}' is neither an IP address nor a network such as 10.0.0.0/8.")
            .Concat(options.CorsOrigins.Where(origin => origin != "*" && !IsOrigin(origin))
                .Select(origin => $"Edge:CorsOrigins: '{origin}' is no origin; write it as https://screener.example, without a path."))
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && uri.GetLeftPart(UriPartial.Authority) == text;
}
