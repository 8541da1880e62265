using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.IntegrationTests.Gateway;

[Collection(GatewayRest.Name)]
public sealed class OwnershipTests(GatewayFixture fixture)
{
    private static readonly object Rule = new { name = "mine", expression = "change(5m) > 1" };
    private static readonly object Endpoint = new { name = "mine", kind = "webhook", target = "https://hooks.example/hidden-too?token=hidden" };
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
    public async Task An_endpoints_secret_shows_once_and_what_follows_the_host_of_its_address_never()
    {
        var trader = await _gateway.KeyAsync("secretive", "trader");
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", trader, Endpoint);
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var secret = made.GetProperty("secret").GetString()!;
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        var shown = (await _gateway.GetAsync("/api/v1/endpoints", trader)).GetRawText() + (await _gateway.GetAsync("/api/v1/audit?limit=500", RunningGateway.FirstKey)).GetRawText();
        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", shown, StringComparison.Ordinal);
        Assert.Equal("https://hooks.example/…", made.GetProperty("target").GetString());
    }

    [Fact]
    public async Task A_change_of_an_endpoint_keeps_its_secret_and_its_address()
    {
        var trader = await _gateway.KeyAsync("changing", "trader");
        var id = await AddAsync("endpoints", trader, Endpoint);
        var before = (await _gateway.Get<EndpointStore>().FindAsync(id))!;
        var answer = await _gateway.SendAsync(HttpMethod.Put, $"/api/v1/endpoints/{id}", trader, new { name = "renamed" }, ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var after = (await _gateway.Get<EndpointStore>().FindAsync(id))!;
        Assert.Equal(("renamed", before.Url, before.Secrets[0]), (after.Name, after.Url, Assert.Single(after.Secrets)));
    }

    [Fact]
    public async Task A_delivery_to_an_endpoint_that_is_off_is_not_asked_for_again()
    {
        var trader = await _gateway.KeyAsync("impatient-e", "trader");
        var id = await AddAsync("endpoints", trader, Endpoint);
        var test = await (await _gateway.SendAsync(HttpMethod.Post, $"/api/v1/endpoints/{id}/test", trader)).Content.ReadFromJsonAsync<JsonElement>();
        await _gateway.Get<EndpointStore>().DisableAsync(id, "answered 410");
        var answer = await _gateway.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{test.GetProperty("delivery_id").GetString()}/replay", trader);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("switched off", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
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
