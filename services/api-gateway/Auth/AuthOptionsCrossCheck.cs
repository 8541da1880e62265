using CryptoScreener.ApiGateway.Auth.Tokens;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>What one setting alone cannot tell: every mistake at once, and never a secret in the message.</summary>
internal sealed class AuthOptionsCrossCheck : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var errors = new List<string>();
        if (options.FirstAdminKey.Length > 0 && !ApiKeyText.IsPossible(options.FirstAdminKey))
            errors.Add($"Auth:FirstAdminKey must be {ApiKeyText.Prefix} and {ApiKeyText.RandomLength} letters and digits; leave it empty to have one made.");
        var jwt = options.Jwt;
        if (jwt.IsOn) Check(jwt, errors);
        else if (jwt.Keys.Length > 0 || jwt.JwksFile.Length > 0 || jwt.JwksUrl.Length > 0)
            errors.Add("Auth:Jwt has keys but no Issuer: no token would be believed. Set Auth:Jwt:Issuer, or remove the keys.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Check(JwtOptions jwt, List<string> errors)
    {
        if (jwt.Audience.Length == 0) errors.Add("Auth:Jwt:Audience is missing: tokens made for other programs would be believed.");
        if (jwt.Algorithms.Length == 0) errors.Add("Auth:Jwt:Algorithms is empty: name those your issuer uses, of HS256, RS256 and ES256.");
        foreach (var unknown in jwt.Algorithms.Where(algorithm => !JwtAlgorithms.IsKnown(algorithm)))
            errors.Add($"Auth:Jwt:Algorithms: '{unknown}' is none of HS256, RS256 and ES256.");
        if (jwt.Keys.Length == 0 && jwt.JwksFile.Length == 0 && jwt.JwksUrl.Length == 0)
            errors.Add("Auth:Jwt has no key: give Keys, JwksFile or JwksUrl.");
        if (jwt.JwksUrl.Length > 0 && !IsTrustworthy(jwt.JwksUrl))
            errors.Add("Auth:Jwt:JwksUrl must be an https address (http only on this machine): whoever can change the answer could make tokens.");
        if (jwt.JwksRefresh < TimeSpan.FromMinutes(1)) errors.Add("Auth:Jwt:JwksRefresh must be at least 00:01:00.");
        for (var i = 0; i < jwt.Keys.Length; i++)
            if (JwtKeyReader.ErrorOf(jwt.Keys[i]) is { } error) errors.Add($"Auth:Jwt:Keys:{i}: {error}");
    }

    private static bool IsTrustworthy(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
