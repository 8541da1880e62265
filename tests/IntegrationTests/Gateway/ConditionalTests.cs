using System.Net;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>Nobody's change is lost, nothing is sent twice, nothing happens twice.</summary>
[Collection(GatewayRest.Name)]
public sealed class ConditionalTests(GatewayFixture fixture)
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_is_told()
    {
        var key = await _gateway.KeyAsync("editor", "trader");
        var made = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", key, new { name = "edited", expression = "change(5m) > 1" });
        var (path, tag) = (made.Headers.Location!.ToString(), made.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await PutAsync(path, key, "nobody")).StatusCode);
        var both = await Task.WhenAll(PutAsync(path, key, "one", ("If-Match", tag)), PutAsync(path, key, "other", ("If-Match", tag)));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], both.Select(answer => answer.StatusCode).Order());
        var now = await _gateway.SendAsync(HttpMethod.Get, path, key);
        Assert.Equal("\"2\"", now.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await _gateway.SendAsync(HttpMethod.Get, path, key, headers: ("If-None-Match", "\"2\""))).StatusCode);
        Assert.Equal([2, 1], (await _gateway.GetAsync($"{path}/versions", key)).EnumerateArray().Select(version => version.GetProperty("version").GetInt32()));
    }

    [Theory]
    [InlineData("/api/v1/catalogue")]
    [InlineData("/api/v1/instruments")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    public async Task What_one_has_already_is_not_sent_again(string path)
    {
        var first = await _gateway.SendAsync(HttpMethod.Get, path);
        Assert.NotEmpty(await first.Content.ReadAsByteArrayAsync());
        var again = await _gateway.SendAsync(HttpMethod.Get, path, headers: ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal(HttpStatusCode.OK, (await _gateway.SendAsync(HttpMethod.Get, path, headers: ("If-None-Match", "\"other\""))).StatusCode);
    }

    [Fact]
    public async Task A_request_that_is_sent_by_many_at_once_to_two_gateways_happens_once()
    {
        await using var other = await fixture.StartAnotherAsync();
        var key = await _gateway.KeyAsync("impatient", "trader");
        var body = new { name = "once", expression = "change(5m) > 1" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? _gateway : other).SendAsync(HttpMethod.Post, "/api/v1/rules", key, body, ("Idempotency-Key", "the-same"))));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{answer.StatusCode}")); // 409: the first is still at it
        Assert.Single((await _gateway.GetAsync("/api/v1/rules?scope=own", key)).EnumerateArray());
        var replayed = await other.SendAsync(HttpMethod.Post, "/api/v1/rules", key, body, ("Idempotency-Key", "the-same"));
        Assert.Equal((HttpStatusCode.Created, "true"), (replayed.StatusCode, replayed.Headers.GetValues("Idempotent-Replayed").Single()));
        Assert.Equal("\"1\"", replayed.Headers.ETag!.ToString());
        var changed = await other.SendAsync(HttpMethod.Post, "/api/v1/rules", key, new { name = "another", expression = "change(5m) > 1" }, ("Idempotency-Key", "the-same"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.StatusCode);
        var mine = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", await _gateway.KeyAsync("somebody-else", "trader"), body, ("Idempotency-Key", "the-same"));
        Assert.False(mine.Headers.Contains("Idempotent-Replayed"));
    }

    [Fact]
    public async Task An_answer_that_held_a_secret_is_not_kept()
    {
        var key = await _gateway.KeyAsync("careful", "trader");
        var body = new { name = "hook", kind = "webhook", target = "https://hooks.example/in" };
        var first = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", key, body, ("Idempotency-Key", "e1"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var second = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", key, body, ("Idempotency-Key", "e1"));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.DoesNotContain("whsec_", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single((await _gateway.GetAsync("/api/v1/endpoints", key)).EnumerateArray());
    }

    private Task<HttpResponseMessage> PutAsync(string path, string key, string name, params (string, string)[] headers) =>
        _gateway.SendAsync(HttpMethod.Put, path, key, new { name, expression = "change(5m) > 2" }, headers);
}
