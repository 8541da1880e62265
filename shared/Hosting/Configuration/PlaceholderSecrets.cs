using System.Text.RegularExpressions;
using CryptoScreener.Hosting.Logging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Configuration;

/// <summary>
/// In production no worker starts with a secret that everybody knows: a default of a server's manual, or the text that an
/// example file holds in a secret's place. No secret at all is allowed, for servers that only this machine reaches.
/// </summary>
internal sealed partial class PlaceholderSecrets(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<HostingOptions>
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "admin", "administrator", "changeit", "default", "guest", "letmein", "nats", "pass", "password", "passw0rd", "postgres",
        "qwerty", "redis", "root", "screener", "secret", "test", "timescale", "timescaledb", "123456", "12345678", "123456789",
    };

    public ValidateOptionsResult Validate(string? name, HostingOptions options)
    {
        if (!environment.IsProduction()) return ValidateOptionsResult.Success;
        var errors = configuration.AsEnumerable().SelectMany(Errors).Order(StringComparer.Ordinal).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>Whether anybody could guess it.</summary>
    internal static bool IsKnown(string secret) => Known.Contains(secret) || Placeholder().IsMatch(secret);

    // Ours are in sections; a variable of the surrounding system, which every process sees, is not our business.
    private static IEnumerable<string> Errors(KeyValuePair<string, string?> setting) =>
        setting.Key.Contains(':', StringComparison.Ordinal) && SecretsOf(setting.Key, setting.Value ?? "").Any(IsKnown)
            ? [$"{setting.Key} holds a placeholder or a password that everybody knows: make secrets generates one (or set DOTNET_ENVIRONMENT=Development)."]
            : [];

    private static IEnumerable<string> SecretsOf(string key, string value)
    {
        if (value.Length == 0) return [];
        var assigned = AssignedPassword().Matches(value).Select(match => match.Groups[1].Value);
        var inAddress = PasswordInAddress().Matches(value).Select(match => match.Groups[1].Value);
        return key.Split(':').Any(Secrets.IsSecretName) && !AssignedPassword().IsMatch(value) ? [value, .. inAddress] : [.. assigned, .. inAddress];
    }

    [GeneratedRegex(@"change[-_ ]?me|replace[-_ ]?(me|this|with)|your[-_ ]|placeholder|make[-_ ]secrets|^<.*>$|^\$\{?\w+\}?$|^(x{3,}|\.{3}|…|todo)$", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();

    /// <summary>As in connection strings of Npgsql and of StackExchange.Redis.</summary>
    [GeneratedRegex(@"\b(?:password|pwd)\s*=\s*([^;,]*)", RegexOptions.IgnoreCase)]
    private static partial Regex AssignedPassword();

    [GeneratedRegex(@"://[^\s/@:]*:([^\s/@]+)@")]
    private static partial Regex PasswordInAddress();
}
