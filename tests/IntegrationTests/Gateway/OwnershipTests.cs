using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CryptoScreener.IntegrationTests.Gateway;

[Collection(GatewayRest.Name)]
public sealed class OwnershipTests(GatewayFixture fixture)
{
    private static readonly object Rule = new { name = "mine", expression = "change(5m) > 1" };
    private static readonly object Endpoint = new { name = "mine", kind = "webhook", target = "https://hooks.example/in?token=hidden" };
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData("rules")]
    [InlineData("endpoints")]
    [InlineData("policies")]
    public async Task What_belongs_to_somebody_does_not_exist_for_others(string resource)
    {
        var (alice, bob) = (await _gateway.KeyAsync($"alice-{resource}", "trader"), await _gateway.KeyAsync($"bob-{resource}", "trader"));
        var body = resource switch { "rules" => Rule, "endpoints" => Endpoint, _ => new { name = "mine", steps = new[] { new { after_seconds = 0, endpoints = new[] { await AddAsync("endpoints", alice, Endpoint) } } } } };
        var id = await AddAsync(resource, alice, body);
        var path = $"/api/v1/{resource}/{id}";
        if (resource != "policies") Assert.Equal(HttpStatusCode.NotFound, (await _gateway.SendAsync(HttpMethod.Get, path, bob)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _gateway.SendAsync(HttpMethod.Put, path, bob, body, ("If-Match", "*"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _gateway.SendAsync(HttpMethod.Delete, path, bob)).StatusCode);
        Assert.DoesNotContain(id, (await _gateway.GetAsync($"/api/v1/{resource}", bob)).GetRawText(), StringComparison.Ordinal);
        Assert.Contains(id, (await _gateway.GetAsync($"/api/v1/{resource}", alice)).GetRawText(), StringComparison.Ordinal);
        Assert.Contains(id, (await _gateway.GetAsync($"/api/v1/{resource}", RunningGateway.FirstKey)).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync(HttpMethod.Delete, path, alice)).StatusCode);
    }

    [Fact]
    public async Task A_rule_sends_to_nobody_elses_endpoint()
    {
        var (alice, bob) = (await _gateway.KeyAsync("alice-e", "trader"), await _gateway.KeyAsync("bob-e", "trader"));
        var endpoint = await AddAsync("endpoints", alice, Endpoint);
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", bob, new { name = "theft", expression = "change(5m) > 1", endpoints = new[] { endpoint } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("endpoints", out _));
    }

    [Fact]
    public async Task An_endpoints_secret_and_the_query_of_its_address_show_once()
    {
        var trader = await _gateway.KeyAsync("secretive", "trader");
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", trader, Endpoint);
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var secret = made.GetProperty("secret").GetString()!;
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        var shown = (await _gateway.GetAsync("/api/v1/endpoints", trader)).GetRawText() + (await _gateway.GetAsync("/api/v1/audit?limit=500", RunningGateway.FirstKey)).GetRawText();
        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task A_template_that_could_not_be_sent_is_not_saved(string method)
    {
        var trader = await _gateway.KeyAsync($"templates-{method}", "trader");
        var path = method == "POST" ? "/api/v1/endpoints" : $"/api/v1/endpoints/{await AddAsync("endpoints", trader, Endpoint)}";
        var faulty = new { name = "mine", kind = "webhook", target = "https://hooks.example/in", options = new { template = "{\"a\": \"{{simbol}}\"}" } };
        var answer = await _gateway.SendAsync(new HttpMethod(method), path, trader, faulty, ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("options.template")[0].GetString();
        Assert.StartsWith("at 10: 'simbol' is not known (did you mean symbol?)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_everybodys_own()
    {
        var (alice, bob) = (await _gateway.KeyAsync("alice-s", "reader"), await _gateway.KeyAsync("bob-s", "reader"));
        Assert.Equal(HttpStatusCode.OK, (await _gateway.SendAsync(HttpMethod.Put, "/api/v1/settings", alice, new { theme = "dark" })).StatusCode);
        Assert.Equal("{}", (await _gateway.GetAsync("/api/v1/settings", bob)).GetRawText());
        Assert.Equal("dark", (await _gateway.GetAsync("/api/v1/settings", alice)).GetProperty("theme").GetString());
    }

    private async Task<string> AddAsync(string resource, string key, object body)
    {
        var answer = await _gateway.SendAsync(HttpMethod.Post, $"/api/v1/{resource}", key, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("id").GetString()!;
    }
}
