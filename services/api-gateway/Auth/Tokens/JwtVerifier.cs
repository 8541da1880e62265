using System.Text.Json;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Auth.Tokens;

/// <summary>What a token says once it is believed.</summary>
/// <param name="ExpiresAt">Unix seconds.</param>
internal readonly record struct VerifiedToken(Account? Account, long ExpiresAt, string? Refusal);

/// <summary>JSON Web Tokens by RFC 7519 and the cautions of RFC 8725: algorithm and key first, claims after.</summary>
internal sealed class JwtVerifier(IOptions<AuthOptions> options, JwtKeys keys, TimeProvider time)
{
    private readonly JwtOptions _options = options.Value.Jwt;

    public async ValueTask<VerifiedToken> VerifyAsync(string token, CancellationToken stop)
    {
        if (!_options.IsOn) return Refused("Tokens are not accepted here: use an API key.");
        if (JwtParts.TryParse(token) is not { } parts) return Refused("The token is malformed.");
        if (Text(parts.Header, "alg") is not { } algorithm || !_options.Algorithms.Contains(algorithm, StringComparer.Ordinal))
            return Refused($"The token's algorithm is not accepted; accepted: {string.Join(", ", _options.Algorithms)}.");
        if (parts.Header.TryGetProperty("crit", out _)) return Refused("The token demands an extension that is not supported.");
        if (await keys.FindAsync(algorithm, Text(parts.Header, "kid"), stop) is not { } key) return Refused("The token's key is not known.");
        if (!key.Verify(parts.Signed, parts.Signature)) return Refused("The token's signature does not match.");
        return Claims(parts.Claims);
    }

    private VerifiedToken Claims(JsonElement claims)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)_options.ClockSkew.TotalSeconds;
        if (Text(claims, "iss") != _options.Issuer) return Refused("The token is from another issuer.");
        if (!Texts(claims, "aud").Contains(_options.Audience, StringComparer.Ordinal)) return Refused("The token is for another audience.");
        if (Number(claims, "exp") is not { } expires) return Refused("The token does not say when it expires.");
        if (expires + skew <= now) return Refused("The token has expired.");
        if (claims.TryGetProperty("nbf", out _) && !(Number(claims, "nbf") <= now + skew)) return Refused("The token is not valid yet.");
        if (Text(claims, "sub") is not { } subject || !IsSubject(subject)) return Refused("The token names no subject.");
        var name = Text(claims, "name") ?? Text(claims, "preferred_username") ?? subject;
        return new VerifiedToken(
            new Account(subject, name, RoleOf(claims), ScopesOf(claims), ExpiresAt: DateTimeOffset.FromUnixTimeSeconds(expires + skew)), expires + skew, null);
    }

    private Role RoleOf(JsonElement claims)
    {
        var highest = Role.Reader;
        foreach (var text in Texts(claims, _options.RoleClaim))
            if (Roles.TryParse(text, out var role) && role > highest) highest = role;
        return highest;
    }

    /// <summary>Of the token's scopes (RFC 8693) those that are ours; a token with none of ours may all that its role may.</summary>
    private static string[] ScopesOf(JsonElement claims) => [.. (Text(claims, "scope") ?? "").Split(' ').Where(Scopes.All.Contains)];

    private static bool IsSubject(string subject) => subject.Length is > 0 and <= 128 && !subject.Any(char.IsControl);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<string> Texts(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value)) return [];
        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
            _ => [],
        };
    }

    // A fraction of a second is allowed by the standard; it is cut off, so that a token lives no longer than it says.
    private static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number) && number is >= 0 and < 1e12 ? (long)number : null;

    private static VerifiedToken Refused(string why) => new(null, 0, why);
}
