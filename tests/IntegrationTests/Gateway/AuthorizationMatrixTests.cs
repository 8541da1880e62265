using System.Net;
using System.Text;
using CryptoScreener.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.IntegrationTests.Gateway;

[Collection(GatewayRest.Name)]
public sealed class AuthorizationMatrixTests(GatewayFixture fixture)
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public void Every_route_is_in_the_table_and_nothing_else()
    {
        var served = _gateway.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(NamesOf).Order().ToList();
        Assert.Equal(RouteTable.Routes.Keys.Order(), served);
    }

    [Fact]
    public async Task Every_route_lets_in_whom_it_should_and_nobody_else()
    {
        await using var closed = await fixture.StartAnotherAsync(("Auth:AnonymousRead", "false"));
        await Eventually.TrueAsync(async () => (await closed.SendAsync(HttpMethod.Get, "/api/v1/me", RunningGateway.FirstKey)).IsSuccessStatusCode, "the closed gateway serves");
        var (reader, trader, admin) = (await _gateway.KeyAsync("matrix-reader", "reader"), await _gateway.KeyAsync("matrix-trader", "trader"), await _gateway.KeyAsync("matrix-admin", "admin"));
        var none = await _gateway.KeyAsync("matrix-scoped", "admin", scopes: ["keys:read"]);
        var bad = new[]
        {
            await _gateway.KeyAsync("matrix-expired", "admin", expires: TimeProvider.System.GetUtcNow().AddSeconds(-1)), await _gateway.KeyAsync("matrix-revoked", "admin", revoked: true),
            "csk_nobody-has-ever-made-this-key-0000000000000", Unsigned(), "nonsense",
        };
        var wrong = new List<string>();
        foreach (var (route, least) in RouteTable.Routes)
        {
            await ExpectAsync(_gateway, route, null, isIn: least <= Least.Guest);
            await ExpectAsync(closed, route, null, isIn: least == Least.Nobody);
            await ExpectAsync(_gateway, route, reader, isIn: least <= Least.Reader);
            await ExpectAsync(_gateway, route, trader, isIn: least <= Least.Trader);
            await ExpectAsync(_gateway, route, admin, isIn: true);
            if (least > Least.Nobody && !route.Contains("/api-keys", StringComparison.Ordinal)) await ExpectAsync(_gateway, route, none, isIn: false);
            foreach (var credential in bad) await ExpectAsync(_gateway, route, credential, isIn: false);
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));

        async Task ExpectAsync(RunningGateway gateway, string route, string? credential, bool isIn)
        {
            var status = await RouteCall.StatusAsync(gateway, route, credential);
            var wasIn = status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
            if (wasIn != isIn || status == HttpStatusCode.InternalServerError) wrong.Add($"{route} with {credential?[..Math.Min(12, credential.Length)] ?? "nothing"}: {(int)status}, {(isIn ? "should be let in" : "should be refused")}");
        }
    }

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        return endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(method => $"{method} {path}") ?? [$"GET {path}"];
    }

    /// <summary>A token that says of itself that it needs no signature.</summary>
    private static string Unsigned()
    {
        return $"{Part("""{"alg":"none","typ":"JWT"}""")}.{Part("""{"iss":"x","aud":"x","sub":"admin","role":"admin","exp":99999999999}""")}.";

        static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }
}
