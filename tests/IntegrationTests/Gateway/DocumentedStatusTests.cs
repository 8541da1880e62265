using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>Each status that the description of the API names can be had: nothing is documented that does not happen.</summary>
[Collection(GatewayRest.Name)]
public sealed class DocumentedStatusTests(GatewayFixture fixture, ServersFixture servers) : IClassFixture<ServersFixture>
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Every_documented_status_is_produced()
    {
        var operations = await DescribedAsync();
        await using var busy = await fixture.StartAnotherAsync(("Edge:AddressRequestsPerMinute", "1"));
        await using var broken = await RunningGateway.StartAsync(servers, database: "Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        var trader = await _gateway.KeyAsync("documented", "admin");
        var (keysOnly, marketOnly) = (await _gateway.KeyAsync("documented", "admin", scopes: ["keys:read"]), await _gateway.KeyAsync("documented", "admin", scopes: ["market:read"]));
        var places = await PlacesAsync(trader);
        var over = await StandingAgainstAsync(trader, places);
        var wrong = new List<string>();
        foreach (var operation in operations.OrderBy(operation => operation.Method == "DELETE"))
            foreach (var status in operation.Statuses.OrderBy(status => status != 412)) // while what it is about is still there
            {
                var got = status switch
                {
                    304 => await AgainAsync(operation, trader, places),
                    400 when operation.Body is not null => await SendAsync(_gateway, operation, trader, places, body: "{"),
                    400 => await SendAsync(_gateway, operation, trader, places, query: "?nonsense=1"),
                    401 => await SendAsync(_gateway, operation, "csk_nobody-has-ever-made-this-key-0000000000000", places),
                    403 => await SendAsync(_gateway, operation, operation.Path.Contains("api-keys", StringComparison.Ordinal) ? marketOnly : keysOnly, places),
                    404 => await SendAsync(_gateway, operation, trader, new Dictionary<string, string>()),
                    409 when operation.Method == "POST" => await WhileItIsWorkedOnAsync(operation, trader, places),
                    409 => await SendAsync(_gateway, operation, trader, over, operation.Body),
                    412 => await SendAsync(_gateway, operation, trader, places, operation.Body, match: "\"999\""),
                    413 => await SendAsync(_gateway, operation, trader, places, body: $"{{\"text\":\"{new string('x', 300_000)}\"}}"),
                    422 => await SendAsync(_gateway, operation, trader, places, body: """{"nonsense":1}"""),
                    428 => await SendAsync(_gateway, operation, trader, places, operation.Body, match: ""),
                    429 => await TwiceAsync(busy, operation, places),
                    503 => await SendAsync(broken, operation, trader, places),
                    _ => await SendAsync(_gateway, operation, trader, places, operation.Body),
                };
                if (got != status) wrong.Add($"{operation.Method} {operation.Path}: {got} instead of {status}");
            }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private sealed record Operation(string Method, string Path, string? Body, IReadOnlyList<int> Statuses);

    private async Task<List<Operation>> DescribedAsync()
    {
        var api = JsonNode.Parse(await _gateway.Http.GetStringAsync("/openapi/v1.json"))!;
        return
        [
            .. from path in api["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select new Operation(
                   operation.Key.ToUpperInvariant(),
                   path.Key,
                   operation.Value!["requestBody"]?["content"]!["application/json"]!["example"]!.ToJsonString(),
                   [.. operation.Value!["responses"]!.AsObject().Select(answer => int.Parse(answer.Key, CultureInfo.InvariantCulture)).Order()]),
        ];
    }

    /// <summary>What stands for the names in paths: something of each kind that is there.</summary>
    private async Task<Dictionary<string, string>> PlacesAsync(string key)
    {
        var until = TimeProvider.System.GetUtcNow().AddHours(1);
        var endpoint = await IdAsync("endpoints", new { name = "e", kind = "webhook", target = "https://hooks.example/in" });
        var rule = await IdAsync("rules", new { name = "r", expression = "change(5m) > 1" });
        var places = new Dictionary<string, string>
        {
            ["{exchange}"] = "binance-futures",
            ["{symbol}"] = "BTCUSDT",
            ["/endpoints/{id}"] = endpoint,
            ["/rules/{id}"] = rule,
            ["/policies/{id}"] = await IdAsync("policies", new { name = "p", steps = new[] { new { after_seconds = 0, endpoints = new[] { endpoint } } } }),
            ["/silences/{id}"] = await IdAsync("silences", new { matchers = new { symbol = "A" }, ends_at = until }),
            ["/api-keys/{id}"] = await IdAsync("api-keys", new { name = "k", role = "reader" }),
            ["/replays/{id}"] = await IdAsync("rules/replay", new { rules = new[] { rule }, from = until.AddHours(-3), to = until.AddHours(-2) }),
            ["/alerts/{id}"] = "documented",
            ["/deliveries/{id}"] = "msg_documented",
            // What the examples name, as it is here and now.
            ["e_78050687a06f"] = endpoint,
            [" and volume_ratio(5m) \\u003E 2"] = "",
            [" and volume_ratio(5m) > 2"] = "",
            ["2026-11-21T12:00:00Z"] = $"{until:yyyy-MM-ddTHH:mm:ssZ}",
            ["2026-11-21T18:00:00Z"] = $"{until:yyyy-MM-ddTHH:mm:ssZ}",
            ["2027-01-31T00:00:00Z"] = $"{until:yyyy-MM-ddTHH:mm:ssZ}",
            ["5-minute-momentum"] = rule,
        };
        await using var database = NpgsqlDataSource.Create(_gateway.Database);
        await using var write = database.CreateCommand($$"""
            INSERT INTO alerts (id, exchange, symbol, rule_id, rule_type, owner, severity, state, late, event_time, stream_sequence, event)
            VALUES ('documented', 'binance-futures', 'BTCUSDT', 'r', 'custom', 'documented', 0, 0, false, now(), 1, '{"id":"documented","symbol":"BTCUSDT","exchange":"binance-futures","rule_type":"custom","rule_id":"r","rule_version":1,"description":"d","severity":"info","state":"fired","timestamp":"2026-01-31T12:00:00Z","price":1,"metadata":{},"trigger_key":"t","owner":"documented"}') ON CONFLICT DO NOTHING;
            INSERT INTO deliveries (id, alert_id, endpoint_id, state, finished_at) VALUES ('msg_documented', 'documented', '{{endpoint}}', 1, now()) ON CONFLICT DO NOTHING;
            """);
        await write.ExecuteNonQueryAsync();
        return places;

        Task<string> IdAsync(string resource, object body) => AddAsync(key, resource, body);
    }

    /// <summary>A silence that has ended, and a second policy for the severity of the first.</summary>
    private async Task<Dictionary<string, string>> StandingAgainstAsync(string key, Dictionary<string, string> places)
    {
        var silence = await AddAsync(key, "silences", new { matchers = new { symbol = "B" }, ends_at = TimeProvider.System.GetUtcNow().AddHours(1) });
        Assert.True((await _gateway.SendAsync(HttpMethod.Delete, $"/api/v1/silences/{silence}", key)).IsSuccessStatusCode);
        var policy = await AddAsync(key, "policies", new { name = "second", severity = "warning", steps = new[] { new { after_seconds = 0, endpoints = new[] { places["/endpoints/{id}"] } } } });
        return new(places) { ["/silences/{id}"] = silence, ["/policies/{id}"] = policy };
    }

    private async Task<string> AddAsync(string key, string resource, object body)
    {
        var answer = await _gateway.SendAsync(HttpMethod.Post, $"/api/v1/{resource}", key, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{resource}: {text}");
        return JsonNode.Parse(text)!["id"]!.GetValue<string>();
    }

    private static async Task<int> SendAsync(
        RunningGateway gateway, Operation operation, string credential, Dictionary<string, string> places, string? body = null, string? query = null, string? tag = null, string match = "*")
    {
        using var request = RequestOf(operation, places, body, query, match);
        request.Headers.TryAddWithoutValidation("X-API-Key", credential);
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode;
    }

    private static HttpRequestMessage RequestOf(Operation operation, Dictionary<string, string> places, string? body, string? query, string match = "*")
    {
        var (path, content) = (operation.Path, body ?? operation.Body);
        foreach (var (name, value) in places)
        {
            path = path.Replace(name, name.EndsWith("{id}", StringComparison.Ordinal) ? name.Replace("{id}", value, StringComparison.Ordinal) : value, StringComparison.Ordinal);
            content = content?.Replace(name, value, StringComparison.Ordinal);
        }

        if (operation is { Method: "PUT", Path: "/api/v1/policies/{id}" }) content = content?.Replace("\"critical\"", "\"info\"", StringComparison.Ordinal); // another has that severity
        path = path.Replace("{exchange}", "nowhere", StringComparison.Ordinal).Replace("{symbol}", "NOTHING", StringComparison.Ordinal).Replace("{id}", "none", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), path + (query ?? QueryOf(operation.Path)));
        if (content is not null) request.Content = new StringContent(content, Encoding.UTF8, "application/json");
        if (match.Length > 0) request.Headers.TryAddWithoutValidation("If-Match", match);
        return request;
    }

    /// <summary>What a route cannot do without.</summary>
    private static string QueryOf(string path) => path switch
    {
        "/api/v1/analytics/correlation" => "?symbols=BTCUSDT,ETHUSDT&timeframe=1m",
        "/api/v1/metrics/{exchange}/{symbol}/history" => "?columns=price",
        "/api/v1/rules/completion" => "",
        "/api/klines" => "?symbol=BTCUSDT&interval=1m",
        "/api/tickers" => "?symbols=BTCUSDT",
        "/udf/symbols" => "?symbol=BTCUSDT",
        "/udf/quotes" => "?symbols=BTCUSDT",
        "/udf/history" or "/udf/marks" or "/udf/timescale_marks" => "?symbol=BTCUSDT&resolution=1&from=0&to=2000000000",
        _ => "",
    };

    /// <summary>The same request, begun elsewhere and not ended yet.</summary>
    private async Task<int> WhileItIsWorkedOnAsync(Operation operation, string credential, Dictionary<string, string> places)
    {
        var key = $"worked on {operation.Path}";
        using var request = RequestOf(operation, places, null, null);
        var text = request.Content is null ? "" : await request.Content.ReadAsStringAsync();
        var path = request.RequestUri!.OriginalString;
        await using var database = NpgsqlDataSource.Create(_gateway.Database);
        await using var begin = database.CreateCommand("INSERT INTO idempotency (owner, key, request_hash) VALUES ('documented', $1, $2)");
        begin.Parameters.Add(new() { Value = key });
        begin.Parameters.Add(new() { Value = SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{text}")) });
        await begin.ExecuteNonQueryAsync();
        request.Headers.TryAddWithoutValidation("X-API-Key", credential);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var answer = await _gateway.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private async Task<int> AgainAsync(Operation operation, string credential, Dictionary<string, string> places)
    {
        using var request = RequestOf(operation, places, null, null);
        request.Headers.TryAddWithoutValidation("X-API-Key", credential);
        using var first = await _gateway.Http.SendAsync(request);
        return await SendAsync(_gateway, operation, credential, places, tag: first.Headers.ETag?.ToString());
    }

    private static async Task<int> TwiceAsync(RunningGateway busy, Operation operation, Dictionary<string, string> places)
    {
        for (var i = 0; i < 3; i++)
        {
            var status = await SendAsync(busy, operation, "nonsense", places);
            if (status == 429) return status; // the first may have been in the minute before
        }

        return 0;
    }
}
