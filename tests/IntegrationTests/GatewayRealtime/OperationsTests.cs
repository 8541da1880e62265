using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Storage.Access;
using CryptoScreener.Storage.Performance;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

[Collection(GatewayGroup.Name)]
public sealed class OperationsTests(GatewayWorld world) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = world.Gateway.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_overview_shows_what_was_measured_and_leaves_out_the_rest()
    {
        await Eventually.TrueAsync(async () => (await GetAsync("/api/operations-overview"))["performance"]!["error_rate"] is not null, "the gateway's own requests are measured");
        var overview = await GetAsync("/api/operations-overview");
        Assert.InRange((int)overview["health_score"]!, 0, 100);
        Assert.Equal(1, (int)overview["workers_alive"]!);
        Assert.Contains(overview["capacity"]!.AsArray(), headroom => (string?)headroom!["resource"] == "memory");
        Assert.Null(overview["performance"]!["candles_per_second"]); // there is no collector here

        var performance = await GetAsync("/api/performance-metrics");
        Assert.Equal("api-gateway", (string?)performance["workers"]![0]!["service"]);
        Assert.True((double)performance["workers"]![0]!["memory_bytes"]! > 0);
        Assert.NotEmpty((await GetAsync("/api/performance-history?duration_minutes=5")).AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.GetAsync("/api/performance-history?duration_minutes=43201")).StatusCode);

        var summary = await GetAsync("/api/executive-summary");
        Assert.Contains(summary["objectives"]!.AsArray(), objective => (string?)objective!["name"] == "api_availability");
        Assert.Null(summary["cost_per_month"]); // no prices are configured
    }

    [Fact]
    public async Task Minutes_are_kept_once_and_shown_for_days()
    {
        var store = world.Gateway.Get<PerformanceStore>();
        var time = new ManualTime(TimeProvider.System.GetUtcNow().AddHours(-30));
        var history = new PerformanceHistory();
        using var keeper = new PerformanceKeeper(history, store, time);
        for (var i = 0; i < 3 * 12; i++)
        {
            time.Advance(PerformanceHistory.Interval);
            history.Add(PerformanceSample.Of([], time.GetUtcNow().UtcDateTime) with { Sockets = 7, P99Ms = i });
        }

        await keeper.KeepAsync(CancellationToken.None);
        await keeper.KeepAsync(CancellationToken.None); // nothing more to write
        time.Advance(TimeSpan.FromMinutes(1));
        await keeper.KeepAsync(CancellationToken.None);

        var kept = await store.SinceAsync(time.GetUtcNow().AddMinutes(-5).ToUnixTimeMilliseconds());
        Assert.InRange(kept.Count(row => row.Minute <= time.GetUtcNow().ToUnixTimeMilliseconds()), 3, 4); // the gateway itself keeps today's
        var shown = (await GetAsync("/api/performance-history?duration_minutes=2880")).AsArray().Where(sample => (double?)sample!["sockets"] == 7).ToList();
        Assert.InRange(shown.Count, 1, 2); // of four minutes each
        Assert.Equal(35, (double)shown[^1]!["p99_ms"]!);
        Assert.Null(shown[^1]!["error_rate"]);
    }

    [Fact]
    public async Task Who_uses_it_and_how_fast_alerts_are_taken_over_is_told()
    {
        var gateway = world.Gateway;
        var now = TimeProvider.System.GetUtcNow();
        await gateway.Get<ActivityStore>().NoteAsync(new Dictionary<string, long>
        {
            ["this-hour"] = now.AddMinutes(-5).ToUnixTimeMilliseconds(),
            ["today"] = now.AddHours(-3).ToUnixTimeMilliseconds(),
            ["last-week"] = now.AddDays(-7).ToUnixTimeMilliseconds(),
        });
        JsonNode? summary = null;
        await Eventually.TrueAsync(async () => (summary = await GetAsync("/api/executive-summary"))["active_users"] is { } active && (int)active >= 1, "the active ones are counted");
        Assert.Equal(1, (int)summary!["active_users_24h"]! - (int)summary["active_users"]!);
        Assert.Null(summary["mean_seconds_to_acknowledge"]); // nobody has taken an alert over
    }

    [Fact]
    public async Task Exchanges_are_shown_with_their_state()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 60; i >= 0; i--) await world.FeedAsync("flaky", i is > 10 and < 20 ? FeedState.Down : FeedState.Live, now - (i * 5_000));
        JsonNode? flaky = null;
        await Eventually.TrueAsync(async () =>
        {
            flaky = (await GetAsync("/api/v1/exchanges")).AsArray().SingleOrDefault(exchange => (string?)exchange!["exchange"] == "flaky");
            return flaky is not null && (bool)flaky["connected"]!;
        }, "the exchange is known");
        Assert.Equal("critical", (string?)flaky!["state"]);
        Assert.InRange((double)flaky["availability"]!, 0.7, 0.95);
        Assert.Single(flaky["reasons"]!.AsArray());
        Assert.Null(flaky["response_ms"]);
    }

    [Fact]
    public async Task Alertmanager_is_heard_and_its_alerts_are_shown()
    {
        using var posted = await _http.PostAsJsonAsync("/alerts/webhook", new
        {
            version = "4",
            status = "firing",
            alerts = new[] { new { status = "firing", fingerprint = "f1", labels = new { alertname = "QueueBacklog", severity = "warning" }, annotations = new { summary = "it grows" }, startsAt = "2026-01-31T12:00:00Z", endsAt = "0001-01-01T00:00:00Z" } },
        });
        Assert.Equal(HttpStatusCode.NoContent, posted.StatusCode);
        Assert.Equal("QueueBacklog", (string?)(await GetAsync("/api/operations-overview"))["alerts"]!["top"]![0]!["name"]);
        using var nonsense = await _http.PostAsync("/alerts/webhook", new StringContent("nonsense", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
    }

    [Fact]
    public async Task Operators_are_sent_the_figures()
    {
        await using var client = await RealtimeClient.ConnectAsync(new Uri($"ws://{world.Gateway.Address.Authority}/ws/real-time-metrics"));
        Assert.Equal("metrics_update", (string?)client.Welcome["type"]);
        var next = (await client.ReadAsync())!;
        Assert.Equal("metrics_update", (string?)next["type"]);
        Assert.NotNull(next["data"]!["current"]!["timestamp"]);
    }

    private async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(path))!;
}
