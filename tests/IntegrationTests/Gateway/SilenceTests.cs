using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CryptoScreener.IntegrationTests.Gateway;

[Collection(GatewayRest.Name)]
public sealed class SilenceTests(GatewayFixture fixture)
{
    private static readonly DateTime End = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(2);
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task A_silence_is_made_changed_and_ended_by_its_owner_alone()
    {
        var (alice, bob) = (await _gateway.KeyAsync("alice-silence", "trader"), await _gateway.KeyAsync("bob-silence", "trader"));
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/silences", alice, new { matchers = new { symbol = "DOGE*" }, ends_at = End, reason = "news" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var path = answer.Headers.Location!.ToString();
        Assert.Equal("news", (await _gateway.GetAsync(path, alice)).GetProperty("reason").GetString());

        Assert.Equal(HttpStatusCode.NotFound, (await _gateway.SendAsync(HttpMethod.Get, path, bob)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _gateway.SendAsync(HttpMethod.Delete, path, bob)).StatusCode);
        var changed = await _gateway.SendAsync(HttpMethod.Put, path, alice, new { matchers = new { symbol = "PEPE*", severity = "warning" }, ends_at = End.AddHours(1) });
        Assert.Equal("PEPE*", (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("matchers").GetProperty("symbol").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync(HttpMethod.Delete, path, alice)).StatusCode);
        Assert.Empty((await _gateway.GetAsync("/api/v1/silences", alice)).EnumerateArray());
        Assert.Equal(HttpStatusCode.Conflict, (await _gateway.SendAsync(HttpMethod.Put, path, alice, new { matchers = new { symbol = "X" }, ends_at = End })).StatusCode);
    }

    [Fact]
    public async Task An_administrators_silence_covers_everybody_and_shows_to_them()
    {
        var reader = await _gateway.KeyAsync("reader-silence", "reader");
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/silences", RunningGateway.FirstKey, new { matchers = new { exchange = "binance-futures" }, ends_at = End });
        var path = answer.Headers.Location!.ToString();
        Assert.Equal(JsonValueKind.Null, (await _gateway.GetAsync(path, reader)).GetProperty("owner").ValueKind);
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync(HttpMethod.Delete, path, RunningGateway.FirstKey)).StatusCode);
    }

    [Fact]
    public async Task An_account_has_so_many_silences_at_a_time()
    {
        await using var strict = await fixture.StartAnotherAsync(("Quotas:Silences", "2"));
        var key = await _gateway.KeyAsync("quiet", "trader");
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 3; i++) answers.Add(await AddAsync(strict, key));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode));
        Assert.Equal("quota_exceeded", (await answers[2].Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await strict.SendAsync(HttpMethod.Delete, answers[0].Headers.Location!.ToString(), key)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await AddAsync(strict, key)).StatusCode);

        static Task<HttpResponseMessage> AddAsync(RunningGateway gateway, string key) =>
            gateway.SendAsync(HttpMethod.Post, "/api/v1/silences", key, new { matchers = new { symbol = "QUIET*" }, ends_at = End });
    }

    [Theory]
    [InlineData("""{"ends_at":"2100-01-01T00:00:00Z"}""", "matchers")]
    [InlineData("""{"matchers":{},"ends_at":"2100-01-01T00:00:00Z"}""", "matchers")]
    [InlineData("""{"matchers":{"symbol":"A"}}""", "ends_at")]
    [InlineData("""{"matchers":{"symbol":"A"},"ends_at":"2000-01-01T00:00:00Z"}""", "ends_at")]
    [InlineData("""{"matchers":{"symbol":"A"},"starts_at":"2100-01-02T00:00:00Z","ends_at":"2100-01-01T00:00:00Z"}""", "starts_at")]
    public async Task What_is_wrong_is_named(string body, string field)
    {
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/silences", RunningGateway.FirstKey, JsonSerializer.Deserialize<JsonElement>(body));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }
}
