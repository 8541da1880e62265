using System.Net.Http.Headers;
using System.Text;
using CryptoScreener.ApiGateway.OpenApi;
using CryptoScreener.Testing;
using CryptoScreener.Testing.Fuzzing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>Whatever is sent, the answer is never a failure of ours. A gateway of its own: what is near to an example is at times obeyed.</summary>
public sealed class FuzzTests(GatewayFixture fixture, ITestOutputHelper output) : IClassFixture<GatewayFixture>
{
    private const int InputsInCi = 600;
    private const int LongestValue = 1_000; // longer queries are refused unread

    private static readonly string[] Names =
    [
        "limit", "cursor", "from", "to", "filter", "sort", "columns", "symbol", "symbols", "exchange", "timeframe", "resolution", "since", "until", "severity", "state", "hours", "scope",
        "interval", "startTime", "countback", "query", "duration_minutes", "bars",
    ];

    private static readonly IReadOnlyList<byte[]> Values = [[], .. Corpus("http-values"), .. Corpus("rules"), .. Corpus("names")];

    private static readonly IReadOnlyList<byte[]> Bodies = [[], .. Corpus("http-bodies")];

    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task No_query_makes_it_fail()
    {
        var (seed, random) = Seeded();
        var key = await _gateway.KeyAsync($"fuzz-{seed}", "admin");
        var routes = RouteTable.Routes.Keys.Where(route => route.StartsWith("GET ", StringComparison.Ordinal) && !route.Contains("/ws/", StringComparison.Ordinal) && !route.EndsWith("/stream", StringComparison.Ordinal)).ToList();
        var changed = new Mutator(Values, random);
        for (var i = 0; i < Fuzz.Inputs(InputsInCi); i++)
        {
            var query = string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Names[random.Next(Names.Length)]}={Value()}"));
            var path = FillIn(routes[random.Next(routes.Count)][4..], random);
            await CheckAsync(await _gateway.SendAsync(HttpMethod.Get, $"{path}?{query}", key), $"GET {path}?{query}, with FUZZ_SEED={seed}", []);
        }

        string Value() => Encoded(random.Next(2) == 0 ? Values[random.Next(Values.Count)] : changed.Next());
    }

    [Fact]
    public async Task No_body_makes_it_fail()
    {
        var (seed, random) = Seeded();
        var key = await _gateway.KeyAsync($"fuzz-{seed}", "admin");
        var examples = new Examples();
        var routes = RouteTable.Routes.Keys.Where(route => route.StartsWith('P')).ToList();
        foreach (var route in routes)
            foreach (var body in Bodies) await SendAsync(route, body);

        // Half of them near to what the route asks for, where it asks for something: what is far from it is refused at the door.
        var damaged = new Mutator(Bodies, random);
        var wanted = routes.ToDictionary(route => route, route => examples.Request(route) is { } example ? new Mutator([Encoding.UTF8.GetBytes(example.ToJsonString())], random) : damaged);
        for (var i = 0; i < Fuzz.Inputs(InputsInCi); i++)
        {
            var route = routes[random.Next(routes.Count)];
            await SendAsync(route, (random.Next(2) == 0 ? wanted[route] : damaged).Next());
        }

        async Task SendAsync(string route, byte[] body)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var (method, path) = (route.Split(' ')[0], FillIn(route.Split(' ')[1], random));
            await CheckAsync(await _gateway.SendAsync(new HttpMethod(method), path, key, content, ("If-Match", "\"1\"")), $"{method} {path}, with FUZZ_SEED={seed}", body);
        }
    }

    private static IReadOnlyList<byte[]> Corpus(string name) => Fuzz.Corpus(Repository.PathOf("tests", "UnitTests", "Fuzzing", "corpus", $"{name}.txt"));

    private static string Encoded(byte[] value) => string.Concat(value.Take(LongestValue).Select(b => $"%{b:X2}"));

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

    private static async Task CheckAsync(HttpResponseMessage answer, string what, byte[] body)
    {
        using (answer)
        {
            var isHealth = what.Contains("/health", StringComparison.Ordinal); // tells of others' failures by its status
            if ((int)answer.StatusCode >= 500 && !isHealth) Fuzz.Fail("http", what, body, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
