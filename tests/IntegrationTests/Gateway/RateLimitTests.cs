using System.Globalization;
using System.Net;
using System.Text;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Gateway;

[Collection(GatewayRest.Name)]
public sealed class RateLimitTests(GatewayFixture fixture, ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Limit = 40;

    [Fact]
    public async Task Two_gateways_share_one_limit()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var key = await fixture.Gateway.KeyAsync($"busy-{Guid.NewGuid():N}", "trader");
        var (allowed, refused) = (0, 0);
        // A minute may end on the way, and with it the count: two whole limits end it for sure.
        for (var i = 0; i < 2 * Limit * 2 && refused == 0; i++)
        {
            var answer = await (i % 2 == 0 ? one : other).SendAsync(HttpMethod.Get, "/api/v1/me", key);
            Assert.Equal(Limit.ToString(CultureInfo.InvariantCulture), answer.Headers.GetValues("RateLimit-Limit").Single());
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) refused++;
            else allowed++;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None); // they tell each other in the background
        }

        Assert.Equal(1, refused);
        Assert.True(allowed < 2 * Limit, $"{allowed} of {Limit} were let through: each gateway counted alone");
    }

    [Fact]
    public async Task Who_is_refused_is_told_when_to_go_on_and_others_are_not_refused()
    {
        await using var gateway = await StartAsync();
        var (busy, calm) = (await fixture.Gateway.KeyAsync($"busier-{Guid.NewGuid():N}", "trader"), await fixture.Gateway.KeyAsync($"calm-{Guid.NewGuid():N}", "trader"));
        HttpResponseMessage answer;
        var sent = 0;
        do answer = await gateway.SendAsync(HttpMethod.Get, "/api/v1/me", busy);
        while (answer.StatusCode != HttpStatusCode.TooManyRequests && ++sent <= 2 * Limit);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("0", answer.Headers.GetValues("RateLimit-Remaining").Single());
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(HttpMethod.Get, "/api/v1/me", calm)).StatusCode);
    }

    [Fact]
    public async Task Who_sends_what_cannot_be_read_is_told_what_is_left_too()
    {
        await using var gateway = await StartAsync();
        using var broken = new StringContent("{", Encoding.UTF8, "application/json");
        var answer = await gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", await fixture.Gateway.KeyAsync($"hasty-{Guid.NewGuid():N}", "trader"), broken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($"{Limit - 1}", answer.Headers.GetValues("RateLimit-Remaining").Single());
    }

    [Fact]
    public async Task Forwarded_addresses_count_only_behind_a_trusted_proxy()
    {
        await using var open = await StartAsync();
        await using var proxied = await StartAsync(("Edge:TrustedProxies:0", "127.0.0.0/8"));
        // As many invented addresses as the limit has room for, twice over: who is not trusted gains nothing by them.
        Assert.Contains(HttpStatusCode.TooManyRequests, await AskAsync(open));
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, await AskAsync(proxied));

        static async Task<List<HttpStatusCode>> AskAsync(RunningGateway gateway)
        {
            var codes = new List<HttpStatusCode>();
            for (var i = 0; i < (2 * Limit) + 2; i++) codes.Add((await gateway.SendAsync(HttpMethod.Get, "/api/v1/info", headers: ("X-Forwarded-For", $"203.0.113.{i}"))).StatusCode);
            return codes;
        }
    }

    [Fact]
    public async Task A_wrong_credential_counts_as_many_and_a_neighbour_who_is_known_goes_on()
    {
        await using var gateway = await StartAsync(("Storage:Redis", ""), ("Edge:TrustedProxies:0", "127.0.0.0/8"));
        var known = await fixture.Gateway.KeyAsync($"neighbour-{Guid.NewGuid():N}", "trader");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(known)).StatusCode);
        var (codes, left) = (new List<HttpStatusCode>(), new List<string>());
        // A minute may end on the way: then one more limit is used up.
        for (var i = 0; i < 2 * (Limit / 10 + 2) && !codes.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            var answer = await AskAsync($"csk_{i:D40}");
            codes.Add(answer.StatusCode);
            if (answer.Headers.TryGetValues("RateLimit-Remaining", out var remaining)) left.Add(remaining.Single());
        }

        Assert.Contains($"{Limit - 10}", left);
        Assert.Equal(HttpStatusCode.TooManyRequests, codes[^1]);
        Assert.All(codes.SkipLast(1), code => Assert.Equal(HttpStatusCode.Unauthorized, code));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(known)).StatusCode); // of the same address, but no guess

        Task<HttpResponseMessage> AskAsync(string credential) => gateway.SendAsync(HttpMethod.Get, "/api/v1/me", credential, headers: ("X-Forwarded-For", "2001:db8:1:2::7"));
    }

    [Fact]
    public async Task All_addresses_of_an_IPv6_network_share_one_limit()
    {
        await using var gateway = await StartAsync(("Storage:Redis", ""), ("Edge:TrustedProxies:0", "127.0.0.0/8"));
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < (2 * Limit) + 2; i++) codes.Add((await gateway.SendAsync(HttpMethod.Get, "/api/v1/info", headers: ("X-Forwarded-For", $"2001:db8:9:9::{i:x}"))).StatusCode);
        Assert.Contains(HttpStatusCode.TooManyRequests, codes);
    }

    private Task<RunningGateway> StartAsync(params (string, string)[] settings) => fixture.StartAnotherAsync([
        ("Storage:Redis", servers.Redis.Configuration), ("Edge:AccountRequestsPerMinute", $"{Limit}"), ("Edge:AddressRequestsPerMinute", $"{Limit}"), .. settings]);
}
