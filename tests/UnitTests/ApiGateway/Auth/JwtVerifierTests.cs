using System.Security.Cryptography;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Auth.Tokens;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.ApiGateway.Auth;

public sealed class JwtVerifierTests : IDisposable
{
    private readonly TokenMint _mint = new();
    private readonly ManualTime _time = new();
    private readonly AuthOptions _options;

    public JwtVerifierTests() => _options = new AuthOptions
    {
        Jwt = new JwtOptions
        {
            Issuer = TokenMint.Issuer,
            Audience = TokenMint.Audience,
            Algorithms = ["HS256", "RS256", "ES256"],
            Keys =
            [
                new JwtKeyOptions { Kid = "h", Algorithm = "HS256", Secret = Convert.ToBase64String(_mint.Secret) },
                new JwtKeyOptions { Kid = "r", Algorithm = "RS256", PublicKey = _mint.Rsa.ExportSubjectPublicKeyInfoPem() },
                new JwtKeyOptions { Kid = "e", Algorithm = "ES256", PublicKey = _mint.Ecdsa.ExportSubjectPublicKeyInfoPem() },
            ],
        },
    };

    private Dictionary<string, object> Claims => TokenMint.Claims(_time.GetUtcNow());

    [Theory]
    [InlineData("HS256", "h")]
    [InlineData("RS256", "r")]
    [InlineData("ES256", "e")]
    [InlineData("HS256", null)] // one key of the algorithm: it needs no name
    public async Task A_good_token_tells_who_it_is(string algorithm, string? kid)
    {
        var account = (await VerifyAsync(_mint.Make(algorithm, Claims, kid))).Account!;
        Assert.Equal(("alice", "alice", Role.Trader), (account.Subject, account.Owner, account.Role));
        Assert.False(account.IsAnonymous);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS384")]
    [InlineData("hs256")]
    [InlineData("PS256")]
    public async Task Other_algorithms_do_not_exist(string algorithm) =>
        Assert.Contains("algorithm", await RefusalAsync(_mint.Make(algorithm, Claims, "h", bytes => HMACSHA256.HashData(_mint.Secret, bytes))), StringComparison.Ordinal);

    [Fact]
    public async Task An_algorithm_that_is_not_switched_on_is_refused_although_there_is_a_key()
    {
        _options.Jwt.Algorithms = ["RS256"];
        Assert.Contains("algorithm", await RefusalAsync(_mint.Make("HS256", Claims, "h")), StringComparison.Ordinal);
        Assert.NotNull((await VerifyAsync(_mint.Make("RS256", Claims, "r"))).Account);
    }

    [Theory]
    [InlineData("r")]
    [InlineData(null)]
    public async Task The_public_key_is_never_taken_for_a_secret(string? kid)
    {
        var pem = System.Text.Encoding.UTF8.GetBytes(_mint.Rsa.ExportSubjectPublicKeyInfoPem());
        Assert.NotEmpty(await RefusalAsync(_mint.Make("HS256", Claims, kid, bytes => HMACSHA256.HashData(pem, bytes))));
    }

    [Fact]
    public async Task A_key_of_another_algorithm_does_not_serve_although_it_has_the_name() =>
        Assert.Contains("key", await RefusalAsync(_mint.Make("HS256", Claims, "e")), StringComparison.Ordinal);

    [Fact]
    public async Task Every_changed_character_breaks_it()
    {
        var token = _mint.Make("ES256", Claims, "e");
        for (var i = 0; i < token.Length; i += 7)
        {
            if (token[i] == '.') continue;
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.Null((await VerifyAsync(changed)).Account);
        }
    }

    public static TheoryData<string, object?> BadClaims => new()
    {
        { "iss", "https://other.example" },
        { "iss", null },
        { "aud", "another-program" },
        { "aud", null },
        { "aud", 7 },
        { "exp", null },
        { "exp", "9999999999" },
        { "exp", 1 },
        { "exp", -1 },
        { "exp", 1e300 },
        { "nbf", 9_999_999_999 },
        { "nbf", "soon" },
        { "sub", null },
        { "sub", "" },
        { "sub", "a\nb" },
        { "sub", 5 },
    };

    [Theory]
    [MemberData(nameof(BadClaims))]
    public async Task A_claim_that_is_missing_or_wrong_refuses_the_token(string name, object? value)
    {
        var claims = Claims;
        if (value is null) claims.Remove(name);
        else claims[name] = value;
        Assert.NotEmpty(await RefusalAsync(_mint.Make("HS256", claims, "h")));
    }

    [Fact]
    public async Task It_expires_one_skew_after_it_says()
    {
        var token = _mint.Make("HS256", Claims, "h");
        _time.Advance(TimeSpan.FromSeconds(359));
        Assert.NotNull((await VerifyAsync(token)).Account);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("expired", await RefusalAsync(token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_audiences_is_enough()
    {
        var claims = Claims;
        claims["aud"] = new[] { "other", TokenMint.Audience };
        Assert.NotNull((await VerifyAsync(_mint.Make("HS256", claims, "h"))).Account);
    }

    [Theory]
    [InlineData("admin", Role.Admin)]
    [InlineData("Admin", Role.Reader)]
    [InlineData("root", Role.Reader)]
    public async Task A_role_that_is_not_known_makes_a_reader(string role, object expected)
    {
        var claims = Claims;
        claims["role"] = role;
        Assert.Equal(expected, (await VerifyAsync(_mint.Make("HS256", claims, "h"))).Account!.Role);
    }

    [Fact]
    public async Task Of_several_roles_the_highest_counts_and_only_our_own_scopes_limit()
    {
        var claims = Claims;
        claims["role"] = new[] { "reader", "admin", "offline_access" };
        claims["scope"] = "openid rules:read profile";
        var account = (await VerifyAsync(_mint.Make("HS256", claims, "h"))).Account!;
        Assert.Equal(Role.Admin, account.Role);
        Assert.Equal(["rules:read"], account.Scopes);
        Assert.True(account.May(Scopes.Rules, write: false));
        Assert.False(account.May(Scopes.Rules, write: true));
        Assert.False(account.May(Scopes.Endpoints, write: false));
    }

    [Fact]
    public async Task A_demanded_extension_a_doubled_name_and_padding_are_refused()
    {
        Assert.NotEmpty(await RefusalAsync(_mint.Make("HS256", Claims, header: new { alg = "HS256", kid = "h", crit = new[] { "b64" } })));
        var claims = System.Text.Json.JsonSerializer.Serialize(Claims);
        var twice = claims[..^1] + ",\"role\":\"admin\"}";
        Assert.NotEmpty(await RefusalAsync(TokenMint.Sign($"{TokenMint.Part("{\"alg\":\"HS256\",\"kid\":\"h\"}")}.{TokenMint.Part(twice)}", b => _mint.SignWith("HS256", b))));
        Assert.NotEmpty(await RefusalAsync(_mint.Make("HS256", Claims, "h") + "="));
        Assert.NotEmpty(await RefusalAsync("a.b.c"));
        Assert.NotEmpty(await RefusalAsync(".."));
        Assert.NotEmpty(await RefusalAsync(new string('a', 20_000) + ".b.c"));
    }

    [Theory]
    [InlineData("""{"alg":"\ud800"}""", "{}")]
    [InlineData("""{"alg":"HS256","kid":"\ud800"}""", "{}")]
    [InlineData("""{"alg":"HS256","\ud800":1}""", "{}")]
    [InlineData("""{"alg":"HS256"}""", """{"iss":"\ud800"}""")]
    public async Task A_text_that_is_no_Unicode_makes_no_token(string header, string claims) =>
        Assert.Contains("malformed", await RefusalAsync(TokenMint.Sign($"{TokenMint.Part(header)}.{TokenMint.Part(claims)}", bytes => _mint.SignWith("HS256", bytes))), StringComparison.Ordinal);

    [Fact]
    public async Task Keys_of_a_published_set_serve_and_its_secrets_do_not()
    {
        var rsa = _mint.Rsa.ExportParameters(false);
        var point = _mint.Ecdsa.ExportParameters(false).Q;
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$"""
            {"keys": [
              {"kty": "oct", "kid": "s", "alg": "HS256", "k": "{{Url(_mint.Secret)}}"},
              {"kty": "RSA", "kid": "bad", "n": "!!", "e": "AQAB"},
              {"kty": "RSA", "kid": "enc", "use": "enc", "n": "{{Url(rsa.Modulus!)}}", "e": "{{Url(rsa.Exponent!)}}"},
              {"kty": "RSA", "kid": "set-r", "use": "sig", "n": "{{Url(rsa.Modulus!)}}", "e": "{{Url(rsa.Exponent!)}}"},
              {"kty": "EC", "kid": "set-e", "crv": "P-256", "alg": "ES256", "x": "{{Url(point.X!)}}", "y": "{{Url(point.Y!)}}"}
            ]}
            """);
        (_options.Jwt.Keys, _options.Jwt.JwksFile) = ([], file);
        Assert.NotNull((await VerifyAsync(_mint.Make("RS256", Claims, "set-r"))).Account);
        Assert.NotNull((await VerifyAsync(_mint.Make("ES256", Claims, "set-e"))).Account);
        Assert.Null((await VerifyAsync(_mint.Make("HS256", Claims, "s"))).Account);
        Assert.Null((await VerifyAsync(_mint.Make("RS256", Claims, "enc"))).Account);
        File.Delete(file);
    }

    [Fact]
    public async Task A_new_key_of_the_set_serves_soon_and_the_former_one_no_longer()
    {
        var file = Path.GetTempFileName();
        var point = _mint.Ecdsa.ExportParameters(false).Q;
        await PublishAsync("before");
        (_options.Jwt.Keys, _options.Jwt.JwksFile) = ([], file);
        using var keys = new JwtKeys(Options.Create(_options), new NoHttp(), _time, NullLogger<JwtKeys>.Instance);
        var verifier = new JwtVerifier(Options.Create(_options), keys, _time);
        Assert.True(await IsGoodAsync("before"));
        await PublishAsync("after");
        Assert.False(await IsGoodAsync("after")); // the set was read a moment ago: unknown names do not make us ask again and again
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(await IsGoodAsync("after"));
        Assert.False(await IsGoodAsync("before"));
        File.Delete(file);

        Task PublishAsync(string kid) => File.WriteAllTextAsync(
            file, $$"""{"keys": [{"kty": "EC", "kid": "{{kid}}", "crv": "P-256", "alg": "ES256", "x": "{{Url(point.X!)}}", "y": "{{Url(point.Y!)}}"}]}""");

        async Task<bool> IsGoodAsync(string kid) => (await verifier.VerifyAsync(_mint.Make("ES256", Claims, kid), CancellationToken.None)).Account is not null;
    }

    [Fact]
    public void Settings_that_would_let_strangers_in_are_refused_at_the_start()
    {
        var check = new AuthOptionsCrossCheck();
        Assert.True(check.Validate(null, _options).Succeeded);
        _options.Jwt.Keys[0].Secret = Convert.ToBase64String(new byte[16]);
        _options.Jwt.Keys[1].PublicKey = "no key";
        _options.Jwt.Audience = "";
        _options.Jwt.Algorithms = ["none"];
        _options.Jwt.JwksUrl = "http://id.example/keys";
        Assert.Equal(5, check.Validate(null, _options).Failures!.Count());
        Assert.DoesNotContain(check.Validate(null, _options).Failures!, failure => failure.Contains(_options.Jwt.Keys[0].Secret, StringComparison.Ordinal));
    }

    public void Dispose() => _mint.Dispose();

    private static string Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private async Task<VerifiedToken> VerifyAsync(string token)
    {
        using var keys = new JwtKeys(Options.Create(_options), new NoHttp(), _time, NullLogger<JwtKeys>.Instance);
        return await new JwtVerifier(Options.Create(_options), keys, _time).VerifyAsync(token, CancellationToken.None);
    }

    private async Task<string> RefusalAsync(string token)
    {
        var verified = await VerifyAsync(token);
        Assert.Null(verified.Account);
        return verified.Refusal!;
    }

    private sealed class NoHttp : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => throw new InvalidOperationException("no key set was published by HTTP");
    }
}
