using System.Net;
using CryptoScreener.UnitTests.ApiGateway.Auth;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>Tokens over HTTP, on every route: a good one is as good as a key, and a bad one is nowhere taken for a guest.</summary>
[Collection(GatewayRest.Name)]
public sealed class TokenMatrixTests(GatewayFixture fixture) : IDisposable
{
    private readonly TokenMint _mint = new();

    public void Dispose() => _mint.Dispose();

    [Fact]
    public async Task Every_route_takes_good_tokens_and_no_bad_ones()
    {
        await using var gateway = await StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        Dictionary<string, object> With(string name, object value) => new(TokenMint.Claims(now)) { [name] = value };
        var expired = now.ToUnixTimeSeconds() - 3_600;
        var good = new (string Token, Least Most)[]
        {
            (_mint.Make("HS256", With("role", "reader")), Least.Reader), (_mint.Make("HS256", With("role", "trader")), Least.Trader), (_mint.Make("HS256", With("role", "admin")), Least.Admin),
        };
        var bad = new (string Name, string Token)[]
        {
            ("an algorithm that is not accepted", _mint.Make("RS256", With("role", "admin"))),
            ("another algorithm's name on our key", _mint.Make("HS512", With("role", "admin"), sign: bytes => _mint.SignWith("HS256", bytes))),
            ("no signature", _mint.Make("none", With("role", "admin"))),
            ("a text that is no Unicode", TokenMint.Sign($"{TokenMint.Part("""{"alg":"\ud800"}""")}.{TokenMint.Part("{}")}", _ => [])),
            ("another key", _mint.Make("HS256", With("role", "admin"), sign: bytes => System.Security.Cryptography.HMACSHA256.HashData(new byte[48], bytes))),
            ("expired", _mint.Make("HS256", new Dictionary<string, object>(With("role", "admin")) { ["exp"] = expired })),
            ("another audience", _mint.Make("HS256", new Dictionary<string, object>(With("role", "admin")) { ["aud"] = "somebody-else" })),
            ("another issuer", _mint.Make("HS256", new Dictionary<string, object>(With("role", "admin")) { ["iss"] = "https://evil.example" })),
        };
        var wrong = new List<string>();
        foreach (var (route, least) in RouteTable.Routes)
        {
            foreach (var (token, most) in good) await ExpectAsync(route, token, isIn: least <= most, $"{most}");
            foreach (var (name, token) in bad) await ExpectAsync(route, token, isIn: false, name);
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));

        async Task ExpectAsync(string route, string token, bool isIn, string who)
        {
            var status = await RouteCall.StatusAsync(gateway, route, token);
            var wasIn = status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
            if (wasIn != isIn || status == HttpStatusCode.InternalServerError) wrong.Add($"{route} with {who}: {(int)status}, {(isIn ? "should be let in" : "should be refused")}");
        }
    }

    [Fact]
    public async Task What_a_token_made_belongs_to_its_subject_whichever_credential_it_brings()
    {
        await using var gateway = await StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        string Of(string subject) => _mint.Make("HS256", new Dictionary<string, object>(TokenMint.Claims(now)) { ["sub"] = subject });
        var made = await gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", Of("token-alice"), new { name = "mine", expression = "change(5m) > 1" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var path = made.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(HttpMethod.Get, path, Of("token-alice"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(HttpMethod.Get, path, await gateway.KeyAsync("token-alice", "reader"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.SendAsync(HttpMethod.Get, path, Of("token-bob"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.SendAsync(HttpMethod.Delete, path, Of("token-bob"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.SendAsync(HttpMethod.Delete, path, Of("token-alice"))).StatusCode);
    }

    private Task<RunningGateway> StartAsync() => fixture.StartAnotherAsync(
        ("Auth:Jwt:Issuer", TokenMint.Issuer), ("Auth:Jwt:Audience", TokenMint.Audience), ("Auth:Jwt:Algorithms:0", "HS256"),
        ("Auth:Jwt:Keys:0:Algorithm", "HS256"), ("Auth:Jwt:Keys:0:Secret", Convert.ToBase64String(_mint.Secret)));
}
