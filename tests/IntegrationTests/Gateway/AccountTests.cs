using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Gateway;

[Collection(GatewayRest.Name)]
public sealed class AccountTests(GatewayFixture fixture)
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task The_key_of_the_first_start_is_an_administrators_and_is_made_once()
    {
        var me = await _gateway.GetAsync("/api/v1/me", RunningGateway.FirstKey);
        Assert.Equal(("admin", "admin", false), (me.GetProperty("subject").GetString(), me.GetProperty("role").GetString(), me.GetProperty("anonymous").GetBoolean()));
        var other = ApiKeyText.New();
        await using var second = await fixture.StartAnotherAsync(("Auth:FirstAdminKey", other));
        await Eventually.TrueAsync(async () => (await second.SendAsync(HttpMethod.Get, "/api/v1/me", RunningGateway.FirstKey)).IsSuccessStatusCode, "the second gateway serves");
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.SendAsync(HttpMethod.Get, "/api/v1/me", other)).StatusCode);
    }

    [Fact]
    public async Task A_key_that_was_made_here_works_by_both_headers_and_shows_only_once()
    {
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/api-keys", RunningGateway.FirstKey, new { name = "bot", role = "trader", owner = "bob", scopes = new[] { "rules:write", "keys:read", "settings:read" } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var key = made.GetProperty("key").GetString()!;
        Assert.Equal("bob", (await _gateway.GetAsync("/api/v1/me", key)).GetProperty("subject").GetString());
        Assert.Equal(HttpStatusCode.OK, (await _gateway.SendAsync(HttpMethod.Get, "/api/v1/me", headers: ("X-API-Key", key))).StatusCode);
        var listed = Assert.Single((await _gateway.GetAsync("/api/v1/api-keys", key)).EnumerateArray());
        Assert.Equal(made.GetProperty("prefix").GetString(), listed.GetProperty("prefix").GetString());
        Assert.DoesNotContain(key, listed.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await _gateway.SendAsync(HttpMethod.Delete, $"/api/v1/api-keys/{made.GetProperty("id").GetString()}", key)).StatusCode); // keys:read only
    }

    [Fact]
    public async Task A_revoked_key_is_dead_at_once_here_and_soon_in_the_other_gateway()
    {
        await using var other = await fixture.StartAnotherAsync();
        var key = await _gateway.KeyAsync("carol", "trader");
        var id = (await _gateway.GetAsync("/api/v1/api-keys", key))[0].GetProperty("id").GetString();
        await other.GetAsync("/api/v1/me", key);
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync(HttpMethod.Delete, $"/api/v1/api-keys/{id}", key)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _gateway.SendAsync(HttpMethod.Get, "/api/v1/me", key)).StatusCode);
        await Eventually.TrueAsync(async () => (await other.SendAsync(HttpMethod.Get, "/api/v1/me", key)).StatusCode == HttpStatusCode.Unauthorized, "the other gateway has heard of it");
    }

    [Fact]
    public async Task Nobody_gets_more_by_a_key_than_they_have()
    {
        var trader = await _gateway.KeyAsync("dave", "trader", scopes: ["keys:write", "rules:read"]);
        foreach (var (body, field) in new (object, string)[]
        {
            (new { name = "x", role = "admin" }, "role"),
            (new { name = "x", owner = "admin" }, "owner"),
            (new { name = "x", scopes = new[] { "rules:write" } }, "scopes"),
            (new { name = "x", scopes = new[] { "everything" } }, "scopes"),
            (new { name = "x", expires_at = "2001-01-01T00:00:00Z" }, "expires_at"),
            (new { name = " " }, "name"),
            (new { }, "name"),
        })
        {
            var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/api-keys", trader, body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("validation_failed", problem.GetProperty("code").GetString());
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
        }

        var inherited = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/api-keys", trader, new { name = "x" });
        Assert.Equal(["keys:write", "rules:read"], (await inherited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));
    }

    [Fact]
    public async Task Changes_are_in_the_audit_log_without_the_key()
    {
        var made = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/api-keys", RunningGateway.FirstKey, new { name = "audited", owner = "erin" });
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        await _gateway.SendAsync(HttpMethod.Delete, $"/api/v1/api-keys/{key.GetProperty("id").GetString()}", RunningGateway.FirstKey);
        var log = await _gateway.GetAsync("/api/v1/audit?limit=500", RunningGateway.FirstKey);
        var about = log.GetProperty("items").EnumerateArray().Where(e => e.GetProperty("target").GetString() == key.GetProperty("id").GetString()).ToList();
        Assert.Equal(["api_key.revoked", "api_key.created"], about.Select(e => e.GetProperty("action").GetString()));
        Assert.All(about, e => Assert.Equal("admin", e.GetProperty("actor").GetString()));
        Assert.DoesNotContain(key.GetProperty("key").GetString()!, log.GetRawText(), StringComparison.Ordinal);
        var first = await _gateway.GetAsync("/api/v1/audit?limit=1", RunningGateway.FirstKey);
        var second = await _gateway.GetAsync($"/api/v1/audit?limit=1&cursor={first.GetProperty("next").GetString()}", RunningGateway.FirstKey);
        Assert.NotEqual(first.GetProperty("items")[0].GetRawText(), second.GetProperty("items")[0].GetRawText());
    }

    [Fact]
    public async Task When_a_key_was_used_last_is_noted()
    {
        var key = await _gateway.KeyAsync("frank", "reader", scopes: ["keys:read"]);
        await Eventually.TrueAsync(
            async () => (await _gateway.GetAsync("/api/v1/api-keys", key))[0].GetProperty("last_used_at").ValueKind == JsonValueKind.String, "the use is written");
    }
}
