using System.Net.Http.Headers;
using System.Text;
using CryptoScreener.Testing.Fuzzing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>Whatever is sent, the answer is never a failure of ours.</summary>
[Collection(GatewayRest.Name)]
public sealed class FuzzTests(GatewayFixture fixture, ITestOutputHelper output)
{
    private static readonly string[] Values =
    [
        "", "0", "-1", "1e308", "99999999999999999999", "NaN", "true", "null", "%00", "%ff", "%F0%9F%98%80", "'; DROP TABLE rules; --", "%2e%2e%2f", "((((", "price", "change(5m)>", "rsi(14,1h)",
        "2026-13-45", "9223372036854775807", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "btcusdt", "a:b:c", ",,,", "*",
    ];

    private static readonly string[] Names =
    [
        "limit", "cursor", "from", "to", "filter", "sort", "columns", "symbol", "symbols", "exchange", "timeframe", "resolution", "since", "until", "severity", "state", "hours", "scope",
        "interval", "startTime", "countback", "query", "duration_minutes", "bars",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "[]", "null", "7", "\"x\"", "{\"name\":null}", "{\"name\":[]}", "{\"expression\":\"\"}", "{\"expression\":null}", "{\"expression\":\"((((((((((\"}", "{\"name\":\"\\ud800\"}", "{\"a\":{\"a\":{\"a\":{}}}}",
        "{\"name\":\"x\",\"kind\":\"webhook\",\"target\":\"http://[::1\"}", "{\"steps\":[null]}", "{\"steps\":[{\"endpoints\":[null]}]}", "{\"name\":\"x\",\"steps\":[{\"after_seconds\":-1,\"endpoints\":null}]}", "{\"alerts\":[null]}",
        "{\"alerts\":[{}]}", "{\"state\":\"all\",\"from\":\"0001-01-01T00:00:00\"}", "{\"name\":\"x\",\"expires_at\":\"9999-12-31T23:59:59Z\"}", "{\"scopes\":[null],\"name\":\"x\"}", "{\"universe\":{\"include\":[null]},\"name\":\"x\",\"expression\":\"price > 1\"}",
        "{\"selected_alerts\":[null]}", "{\"universe\":null,\"trigger\":null,\"expression\":\"price > 1\",\"name\":\"x\"}", "{\"note\":7}", "{\"trigger\":{\"bar\":\"7x\"},\"name\":\"x\",\"expression\":\"price > 1\"}",
        "{\"trigger\":{\"hold_seconds\":-5,\"max_per_hour\":2147483647},\"name\":\"x\",\"expression\":\"price > 1\"}",
    ];

    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task No_query_makes_it_fail()
    {
        var (seed, random) = Seeded();
        var key = await _gateway.KeyAsync($"fuzz-{seed}", "admin");
        var routes = RouteTable.Routes.Keys.Where(route => route.StartsWith("GET ", StringComparison.Ordinal) && !route.Contains("/ws/", StringComparison.Ordinal) && !route.EndsWith("/stream", StringComparison.Ordinal)).ToList();
        for (var i = 0; i < 600; i++)
        {
            var query = string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Names[random.Next(Names.Length)]}={Values[random.Next(Values.Length)]}"));
            var path = FillIn(routes[random.Next(routes.Count)][4..], random);
            await CheckAsync(await _gateway.SendAsync(HttpMethod.Get, $"{path}?{query}", key), $"GET {path}?{query}");
        }
    }

    [Fact]
    public async Task No_body_makes_it_fail()
    {
        var (seed, random) = Seeded();
        var key = await _gateway.KeyAsync($"fuzz-{seed}", "admin");
        var routes = RouteTable.Routes.Keys.Where(route => route.StartsWith('P')).ToList();
        foreach (var route in routes)
        {
            foreach (var body in Bodies) await SendAsync(route, Encoding.UTF8.GetBytes(body));
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            await SendAsync(route, bytes);
        }

        async Task SendAsync(string route, byte[] body)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var (method, path) = (route.Split(' ')[0], FillIn(route.Split(' ')[1], random));
            await CheckAsync(await _gateway.SendAsync(new HttpMethod(method), path, key, content, ("If-Match", "\"1\"")), $"{method} {path} {Encoding.UTF8.GetString(body)}");
        }
    }

    private (int Seed, Random Random) Seeded()
    {
        var seed = Fuzz.Seed;
        output.WriteLine($"with FUZZ_SEED={seed}");
        return (seed, new Random(seed));
    }

    private static string FillIn(string path, Random random) => path
        .Replace("{documentName}", "v1", StringComparison.Ordinal)
        .Replace("{exchange}", random.Next(2) == 0 ? "binance-futures" : "x%20y", StringComparison.Ordinal)
        .Replace("{symbol}", random.Next(2) == 0 ? "BTCUSDT" : "%F0%9F%98%80", StringComparison.Ordinal)
        .Replace("{id}", random.Next(2) == 0 ? "none" : "%27%3B--", StringComparison.Ordinal);

    private static async Task CheckAsync(HttpResponseMessage answer, string what)
    {
        using (answer)
        {
            var isHealth = what.Contains("/health", StringComparison.Ordinal); // tells of others' failures by its status
            if ((int)answer.StatusCode >= 500 && !isHealth) Assert.Fail($"{what}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
