using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Storage.Rules;

namespace CryptoScreener.IntegrationTests.Gateway;

[Collection(GatewayRest.Name)]
public sealed class ProblemTests(GatewayFixture fixture)
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "not_found")]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("DELETE", "/api/v1/metrics", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/audit", 401, "unauthenticated")]
    [InlineData("GET", "/api/v1/metrics?columns=wrong(5m)", 400, "unknown_metric")]
    [InlineData("GET", "/api/v1/metrics/nowhere/NOTHING", 404, "unknown_instrument")]
    [InlineData("GET", "/api/v1/candles/nowhere/NOTHING", 404, "unknown_instrument")]
    [InlineData("GET", "/api/v1/candles/binance-futures/BTCUSDT?timeframe=7m", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/candles/binance-futures/BTCUSDT?limit=0", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/candles/binance-futures/BTCUSDT?cursor=%21", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/screener?filter=change(5m)%20%3E", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/screener?fitler=price", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/screener?limit=1&limit=2", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/alerts?severity=loud", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/alerts?cursor=MTAwMDAwMDAwMDAwMDAwMDAgeA", 400, "bad_parameter")] // a forged one: no database has that time
    [InlineData("GET", "/api/v1/alerts/none", 404, "not_found")]
    [InlineData("GET", "/api/v1/rules/none", 404, "not_found")]
    [InlineData("GET", "/api/performance-history?duration_minutes=43201", 400, "bad_parameter")]
    [InlineData("GET", "/api/performance-history?minutes=5", 400, "bad_parameter")]
    [InlineData("GET", "/api/operations-overview?minutes=5", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/metrics?colunms=price", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/metrics/binance-futures/BTCUSDT?exchange=x", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/alerts/stream?symbols=BTCUSDT", 400, "bad_parameter")]
    [InlineData("GET", "/api/v1/catalogue?x=1", 400, "bad_parameter")]
    [InlineData("GET", "/ws/v1", 426, "upgrade_required")]
    public async Task Every_error_tells_its_code_and_correlation(string method, string path, int status, string code)
    {
        var answer = await _gateway.SendAsync(new HttpMethod(method), path, headers: ("X-Correlation-ID", "who-asked-7"));
        await ExpectAsync(answer, status, code);
        Assert.Equal("who-asked-7", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("correlation_id").GetString());
        Assert.Equal("who-asked-7", answer.Headers.GetValues("X-Correlation-ID").Single());
    }

    [Fact]
    public async Task Settings_that_are_no_utf8_are_refused()
    {
        byte[] half = [.. "{\"theme\":\"d"u8, 0xC2, .. "\"}"u8];
        using var content = new ByteArrayContent(half);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await ExpectAsync(await _gateway.SendAsync(HttpMethod.Put, "/api/v1/settings", RunningGateway.FirstKey, content), 400, "bad_body");
    }

    [Theory]
    [InlineData("{\"name\":", "application/json", 400, "bad_body")]
    [InlineData("[]", "application/json", 400, "bad_body")]
    [InlineData("", "application/json", 400, "bad_body")]
    [InlineData("null", "application/json", 400, "bad_body")]
    [InlineData("{\"nmae\":\"x\"}", "application/json", 422, "validation_failed")]
    [InlineData("{\"name\":7}", "application/json", 422, "validation_failed")]
    [InlineData("{\"name\":\"x\",\"name\":\"y\"}", "application/json", 400, "bad_body")]
    [InlineData("{\"name\":\"x\"}", "application/json", 422, "validation_failed")]
    [InlineData("{\"name\":\"x\",\"expression\":\"change(5m) >> 1\"}", "application/json", 422, "validation_failed")]
    [InlineData("{\"name\":\"\\u0000\",\"expression\":\"change(5m) > 1\"}", "application/json", 400, "bad_body")]
    [InlineData("{\"name\":\"x\"}", "text/plain", 415, "unsupported_media_type")]
    public async Task A_body_that_cannot_be_used_is_explained(string body, string type, int status, string code)
    {
        var trader = await _gateway.KeyAsync("explained", "trader");
        using var content = new StringContent(body, Encoding.UTF8, type);
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", trader, content, ("X-Correlation-ID", "who-sent-7"));
        await ExpectAsync(answer, status, code);
        Assert.Equal("who-sent-7", answer.Headers.GetValues("X-Correlation-ID").Single());
    }

    public static TheoryData<string, RuleUniverse> CostlyUniverses => new()
    {
        { "exchanges", new RuleUniverse { Exchanges = [null!] } },
        { "quote_assets", new RuleUniverse { QuoteAssets = [new string('T', 65)] } },
        { "include", new RuleUniverse { Include = ["*T*T*T*T*"] } },
        { "exclude", new RuleUniverse { Exclude = [.. Enumerable.Range(0, 51).Select(i => $"{i}?")] } },
        { "min_daily_volume", new RuleUniverse { MinDailyVolume = -1 } },
    };

    [Theory]
    [MemberData(nameof(CostlyUniverses))]
    public async Task A_preview_takes_no_universe_that_a_rule_could_not_have(string field, RuleUniverse universe)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { expression = "price > 0", universe }, ApiJson.Options), Encoding.UTF8, "application/json");
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules/preview", body: body);
        await ExpectAsync(answer, 422, "validation_failed");
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty($"universe.{field}", out _));
    }

    /// <summary>From before there was a limit: its author must be able to switch it off.</summary>
    [Fact]
    public async Task A_rule_with_costly_patterns_can_be_changed_as_long_as_they_stay_as_they_are()
    {
        var universe = new RuleUniverse { Include = ["*T*T*T*T*"] };
        await _gateway.Get<RuleStore>().AddAsync(new RuleDefinition { Id = "r_costly", Version = 1, Name = "costly", RuleType = "custom", Expression = "price > 1", Universe = universe }, "test");
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(universe)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PutAsync(universe with { Include = ["*T*T*T*T*T*"] })).StatusCode);

        async Task<HttpResponseMessage> PutAsync(RuleUniverse changed)
        {
            using var body = new StringContent(JsonSerializer.Serialize(new { name = "costly", expression = "price > 1", enabled = false, universe = changed }, ApiJson.Options), Encoding.UTF8, "application/json");
            return await _gateway.SendAsync(HttpMethod.Put, "/api/v1/rules/r_costly", await _gateway.KeyAsync("tidy", "admin"), body, ("If-Match", "*"));
        }
    }

    [Fact]
    public async Task A_preview_takes_hundreds_of_symbols()
    {
        var universe = new RuleUniverse { Include = [.. Enumerable.Range(0, 499).Select(i => $"COIN{i}USDT"), "B*"] };
        using var body = new StringContent(JsonSerializer.Serialize(new { expression = "price > 0", universe }, ApiJson.Options), Encoding.UTF8, "application/json");
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules/preview", body: body);
        Assert.Equal(1, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task An_explanation_can_be_read_as_it_comes()
    {
        var answer = await _gateway.SendAsync(HttpMethod.Get, "/api/v1/screener?fitler=price");
        Assert.Contains("'fitler'", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_deep_and_too_large_bodies_and_queries_are_refused()
    {
        var trader = await _gateway.KeyAsync("large", "trader");
        using var deep = new StringContent($"{{\"trigger\":{new string('[', 5_000)}{new string(']', 5_000)}}}", Encoding.UTF8, "application/json");
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", trader, deep);
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{(int)answer.StatusCode}");
        using var large = new StringContent($"{{\"name\":\"{new string('x', 300_000)}\"}}", Encoding.UTF8, "application/json");
        await ExpectAsync(await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules", trader, large), 413, "payload_too_large");
        await ExpectAsync(await _gateway.SendAsync(HttpMethod.Get, $"/api/v1/screener?filter={new string('x', 9_000)}"), 414, "uri_too_long");
        using var settings = JsonContent.Create(new { text = new string('x', 70_000) });
        await ExpectAsync(await _gateway.SendAsync(HttpMethod.Put, "/api/v1/settings", trader, settings), 413, "payload_too_large");
    }

    [Fact]
    public async Task Earlier_clients_get_errors_in_their_shapes()
    {
        var earlier = await (await _gateway.SendAsync(HttpMethod.Get, "/api/metrics/NOTHING")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["error", "message"], earlier.EnumerateObject().Select(field => field.Name));
        var chart = await (await _gateway.SendAsync(HttpMethod.Get, "/udf/symbols?symbol=NOTHING")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("error", "unknown_symbol"), (chart.GetProperty("s").GetString(), chart.GetProperty("errmsg").GetString()));
    }

    [Fact]
    public async Task Only_pages_of_configured_origins_may_call()
    {
        await using var gateway = await fixture.StartAnotherAsync(("Edge:CorsOrigins:0", "https://screener.example"));
        var allowed = await gateway.SendAsync(HttpMethod.Options, "/api/v1/rules", headers: [("Origin", "https://screener.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type")]);
        Assert.Equal("https://screener.example", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var refused = await gateway.SendAsync(HttpMethod.Options, "/api/v1/rules", headers: [("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST")]);
        Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));
        var read = await gateway.SendAsync(HttpMethod.Get, "/api/v1/info", headers: ("Origin", "https://screener.example"));
        Assert.Contains("ETag", string.Join(',', read.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_are_compressed_for_those_who_ask()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var answer = await _gateway.Http.SendAsync(request);
        Assert.Equal("br", answer.Content.Headers.ContentEncoding.Single());
    }

    private static async Task ExpectAsync(HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("correlation_id").GetString());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }
}
