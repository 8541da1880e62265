using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>Section <c>Auth</c>: who is let in.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>Whether market data and the built-in rules' alerts show to whoever asks.</summary>
    public bool AnonymousRead { get; set; }

    /// <summary>The administrator's key of the first start, for installations that make it themselves. Empty: one is made and printed.</summary>
    public string FirstAdminKey { get; set; } = "";

    /// <summary>Where the key of the first start is written, readable to its owner only; empty: it is printed.</summary>
    public string FirstAdminKeyFile { get; set; } = "";

    [ValidateObjectMembers]
    public JwtOptions Jwt { get; set; } = new();
}

/// <summary>Section <c>Auth:Jwt</c>: whose tokens are believed. None are while there is no issuer.</summary>
internal sealed class JwtOptions
{
    public string Issuer { get; set; } = "";

    public string Audience { get; set; } = "";

    /// <summary>HS256, RS256, ES256: those that are accepted at all. Each key is for one of them only.</summary>
    public string[] Algorithms { get; set; } = [];

    public JwtKeyOptions[] Keys { get; set; } = [];

    /// <summary>A key set as identity providers publish it (RFC 7517).</summary>
    public string JwksFile { get; set; } = "";

    public string JwksUrl { get; set; } = "";

    public TimeSpan JwksRefresh { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How far clocks may differ.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The claim that holds the role, as a text or a list of which the highest counts; accounts without it are readers.</summary>
    public string RoleClaim { get; set; } = "role";

    public bool IsOn => Issuer.Length > 0;
}

/// <summary>One key of the configuration.</summary>
internal sealed class JwtKeyOptions
{
    public string Kid { get; set; } = "";

    public string Algorithm { get; set; } = "";

    /// <summary>HS256: at least 32 random bytes in base64.</summary>
    public string Secret { get; set; } = "";

    /// <summary>RS256 and ES256: the public key in PEM, or the file that holds it.</summary>
    public string PublicKey { get; set; } = "";

    public string PublicKeyFile { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class AuthOptionsValidator : IValidateOptions<AuthOptions>;
