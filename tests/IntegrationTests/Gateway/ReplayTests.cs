using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CryptoScreener.Storage.Replays;
using Npgsql;

namespace CryptoScreener.IntegrationTests.Gateway;

[Collection(GatewayRest.Name)]
public sealed class ReplayTests(GatewayFixture fixture)
{
    private static readonly object Draft = new { name = "draft", expression = "change(5m) > 1" };
    private static readonly DateTime To = new(2026, 1, 8, 0, 0, 0, DateTimeKind.Utc);
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task A_replay_is_queued_shown_to_its_asker_alone_and_cancelled_once()
    {
        var (alice, bob) = (await _gateway.KeyAsync("alice-replay", "trader"), await _gateway.KeyAsync("bob-replay", "trader"));
        var path = await AskAsync(alice);
        Assert.Equal("queued", (await _gateway.GetAsync(path, alice)).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await _gateway.SendAsync(HttpMethod.Get, path, bob)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _gateway.SendAsync(HttpMethod.Delete, path, bob)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync(HttpMethod.Delete, path, alice)).StatusCode);
        Assert.Equal("cancelled", (await _gateway.GetAsync(path, alice)).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await _gateway.SendAsync(HttpMethod.Delete, path, alice)).StatusCode);
    }

    [Fact]
    public async Task One_that_asks_for_more_and_more_is_told_to_wait()
    {
        var trader = await _gateway.KeyAsync("eager-replay", "trader");
        var paths = new List<string>();
        for (var i = 0; i < ReplayStore.MostOpen; i++) paths.Add(await AskAsync(trader));
        var refused = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules/replay", trader, new { definitions = new[] { Draft }, from = To.AddDays(-7), to = To });
        Assert.False(refused.IsSuccessStatusCode);
        Assert.Equal("quota_exceeded", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        foreach (var path in paths) await _gateway.SendAsync(HttpMethod.Delete, path, trader);
    }

    [Fact]
    public async Task Times_are_cut_to_whole_minutes_as_history_is_kept()
    {
        var trader = await _gateway.KeyAsync("minute-replay", "trader");
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules/replay", trader, new { definitions = new[] { Draft }, from = To.AddHours(-6).AddSeconds(-17.5), to = To.AddSeconds(42.25) });
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await using var command = _gateway.Get<NpgsqlDataSource>().CreateCommand("SELECT request FROM replays WHERE id = $1");
        command.Parameters.AddWithValue(id);
        var request = JsonSerializer.Deserialize<JsonElement>((string)(await command.ExecuteScalarAsync())!);
        Assert.Equal((Ms(To.AddHours(-6).AddMinutes(-1)), Ms(To)), (request.GetProperty("from").GetInt64(), request.GetProperty("to").GetInt64()));
        await _gateway.SendAsync(HttpMethod.Delete, $"/api/v1/replays/{id}", trader);

        static long Ms(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();
    }

    [Theory]
    [InlineData("""{"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "rules")]
    [InlineData("""{"rules":["nobody-has-this"],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "rules")]
    [InlineData("""{"definitions":[{"name":"x","expression":"chnge(5m) > 1"}],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "definitions[0]")]
    [InlineData("""{"definitions":[{"name":"x","expression":"change(5m) > 1","universe":{"exchanges":[null]}}],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "definitions[0].universe.exchanges")]
    [InlineData("""{"definitions":[{"name":"x","expression":"change(5m) > 1"}],"from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"}""", "to")]
    [InlineData("""{"definitions":[{"name":"x","expression":"change(5m) > 1"}],"to":"2026-01-01T00:00:00Z"}""", "from")]
    public async Task What_is_wrong_is_named(string body, string field)
    {
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules/replay", RunningGateway.FirstKey, JsonSerializer.Deserialize<JsonElement>(body));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    private async Task<string> AskAsync(string key)
    {
        var answer = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/rules/replay", key, new { definitions = new[] { Draft }, from = To.AddDays(-7), to = To });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }
}
