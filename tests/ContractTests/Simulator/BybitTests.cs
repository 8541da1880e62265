using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

public class BybitTests
{
    [Fact]
    public async Task Candles_are_pushed_and_equal_the_history()
    {
        await using var simulator = await StartAsync();
        await using var client = await simulator.ConnectAsync("/v5/public/linear");
        await client.SendAsync("""{"op":"subscribe","args":["kline.1.BTCUSDT"],"req_id":"a1"}""");
        var answer = await client.ReceiveAsync();
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.Equal("a1", answer.GetProperty("req_id").GetString());
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        var push = await client.ReceiveAsync(m => m.GetProperty("data")[0].GetProperty("confirm").GetBoolean());
        Assert.Equal("kline.1.BTCUSDT", push.GetProperty("topic").GetString());
        Assert.Equal("snapshot", push.GetProperty("type").GetString());
        var k = push.GetProperty("data")[0];
        Assert.Equal(k.GetProperty("start").GetInt64() + 59_999, k.GetProperty("end").GetInt64());
        var row = (await KlinesAsync(simulator, "interval=1&limit=2"))[1];
        Assert.Equal(k.GetProperty("start").GetRawText(), row[0].GetString());
        string[] order = ["open", "high", "low", "close", "volume", "turnover"];
        Assert.Equal(order.Select(name => k.GetProperty(name).GetString()), row.EnumerateArray().Skip(1).Select(v => v.GetString()));
    }

    [Fact]
    public async Task A_minute_without_trades_is_closed_as_flat()
    {
        await using var simulator = await StartAsync();
        const string tape = """{"instruments":[{"exchange":"bybit-linear","symbol":"BTCUSDT","start":"2026-03-04T12:35:00Z","history":{"price":90000,"volume":"10.000","trades":4},"minutes":[{"quiet":true}]}]}""";
        (await simulator.Http.PostAsync("/sim/tape", new StringContent(tape))).EnsureSuccessStatusCode();
        await using var client = await simulator.ConnectAsync("/v5/public/linear");
        await client.SendAsync("""{"op":"subscribe","args":["kline.1.BTCUSDT"]}""");
        await simulator.UntilSubscribedAsync(1, "bybit-linear");
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(2));
        var closed = await client.ReceiveAsync(m => m.TryGetProperty("data", out var data) && data[0].GetProperty("volume").GetString() == "0.000");
        var k = closed.GetProperty("data")[0];
        Assert.True(k.GetProperty("confirm").GetBoolean());
        Assert.Equal(DateTimeOffset.Parse("2026-03-04T12:35:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), k.GetProperty("start").GetInt64());
        string[] prices = ["open", "high", "low", "close"];
        Assert.All(prices, name => Assert.Equal("90000.0", k.GetProperty(name).GetString()));
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_id()
    {
        await using var simulator = await StartAsync();
        await using var client = await simulator.ConnectAsync("/v5/public/linear");
        await client.SendAsync("""{"op":"ping","req_id":"7"}""");
        var answer = await client.ReceiveAsync();
        Assert.Equal("pong", answer.GetProperty("ret_msg").GetString());
        Assert.Equal("7", answer.GetProperty("req_id").GetString());
    }

    [Fact]
    public async Task One_wrong_topic_refuses_the_whole_request()
    {
        await using var simulator = await StartAsync();
        await using var client = await simulator.ConnectAsync("/v5/public/linear");
        await client.SendAsync("""{"op":"subscribe","args":["kline.1.BTCUSDT","kline.7.BTCUSDT"]}""");
        Assert.False((await client.ReceiveAsync()).GetProperty("success").GetBoolean());
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(2));
        await client.SendAsync("""{"op":"ping"}""");
        Assert.Equal("pong", (await client.ReceiveAsync()).GetProperty("ret_msg").GetString());
    }

    [Fact]
    public async Task What_is_traded_no_more_is_a_wrong_topic()
    {
        await using var simulator = await StartAsync();
        (await simulator.Http.PostAsJsonAsync("/sim/faults", new[] { new { kind = "delist", exchange = "bybit-linear", symbol = "BTCUSDT" } })).EnsureSuccessStatusCode();
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(2));
        await using var client = await simulator.ConnectAsync("/v5/public/linear");
        await client.SendAsync("""{"op":"subscribe","args":["kline.1.BTCUSDT"]}""");
        Assert.False((await client.ReceiveAsync()).GetProperty("success").GetBoolean());
        await client.SendAsync("""{"op":"subscribe","args":["kline.1.ETHUSDT"]}""");
        Assert.True((await client.ReceiveAsync()).GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task History_is_newest_first_and_inclusive()
    {
        await using var simulator = await StartAsync();
        var latest = Times(await KlinesAsync(simulator, "interval=5&limit=3"));
        Assert.Equal([latest[0], latest[0] - 300_000, latest[0] - 600_000], latest);
        Assert.Equal(latest[1..], Times(await KlinesAsync(simulator, $"interval=5&start={latest[2]}&end={latest[1]}")));
    }

    [Fact]
    public async Task Instruments_come_in_pages()
    {
        await using var simulator = await StartAsync();
        var first = (await simulator.GetAsync("/v5/market/instruments-info?category=linear&limit=3")).GetProperty("result");
        Assert.Equal(3, first.GetProperty("list").GetArrayLength());
        var cursor = first.GetProperty("nextPageCursor").GetString();
        var second = (await simulator.GetAsync($"/v5/market/instruments-info?category=linear&limit=3&cursor={cursor}")).GetProperty("result");
        Assert.Equal(2, second.GetProperty("list").GetArrayLength());
        Assert.Equal("", second.GetProperty("nextPageCursor").GetString());
    }

    [Fact]
    public async Task Too_many_visits_are_banned()
    {
        await using var simulator = await StartAsync();
        HttpResponseMessage answer;
        var asked = 0;
        do answer = await simulator.Http.GetAsync("/v5/market/time");
        while (answer.StatusCode == HttpStatusCode.OK && ++asked < 20_000);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("10006", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<RunningSimulator> StartAsync() => RunningSimulator.StartAsync("--speed", "0", "--start", "2026-03-04T12:34:30Z");

    private static async Task<JsonElement> KlinesAsync(RunningSimulator simulator, string query) =>
        (await simulator.GetAsync("/v5/market/kline?category=linear&symbol=BTCUSDT&" + query)).GetProperty("result").GetProperty("list");

    private static long[] Times(JsonElement rows) => [.. rows.EnumerateArray().Select(r => long.Parse(r[0].GetString()!, CultureInfo.InvariantCulture))];
}
