using System.Net;
using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

public class BinanceRestTests
{
    [Theory]
    [InlineData("&limit=99", 1)]
    [InlineData("&limit=499", 2)]
    [InlineData("&limit=1000", 5)]
    [InlineData("&limit=1500", 10)]
    [InlineData("", 5)]
    public async Task Candles_cost_what_the_exchange_charges(string limit, int weight)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var answer = await simulator.Http.GetAsync("/fapi/v1/klines?symbol=BTCUSDT&interval=1m" + limit);
        Assert.Equal($"{weight}", answer.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single());
    }

    [Theory]
    [InlineData("symbol=NOPEUSDT&interval=1m", -1121)]
    [InlineData("symbol=BTCUSDT&interval=1s", -1120)]
    [InlineData("symbol=BTCUSDT&interval=1m&limit=1501", -1130)]
    public async Task Wrong_requests_are_refused_with_the_right_code_and_still_charged(string query, int code)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var answer = await simulator.Http.GetAsync("/fapi/v1/klines?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetInt32());
        Assert.NotEqual("0", answer.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single());
    }

    [Fact]
    public async Task An_overspent_budget_is_refused_and_then_banned_with_the_time_to_wait()
    {
        await using var simulator = await RunningSimulator.StartAsync("--weightlimit", "1");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            var answer = await simulator.Http.GetAsync("/fapi/v1/time");
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode != HttpStatusCode.OK) Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 120);
        }

        Assert.Equal(HttpStatusCode.OK, statuses[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal((HttpStatusCode)418, statuses[^1]);
    }

    [Fact]
    public async Task Ranges_are_ascending_inclusive_and_end_with_the_forming_candle()
    {
        await using var simulator = await RunningSimulator.StartAsync("--speed", "0", "--start", "2026-03-04T12:34:30Z");
        var now = await simulator.NowAsync();
        var latest = Times(await simulator.GetAsync("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=3"));
        Assert.Equal([now - 150_000, now - 90_000, now - 30_000], latest);
        var range = Times(await simulator.GetAsync($"/fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime={latest[0]}&endTime={latest[1]}"));
        Assert.Equal(latest[..2], range);
        var first = Times(await simulator.GetAsync($"/fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime={latest[0] - 1}&limit=2"));
        Assert.Equal(latest[..2], first);

        static long[] Times(JsonElement rows) => [.. rows.EnumerateArray().Select(r => r[0].GetInt64())];
    }

    [Fact]
    public async Task Exchange_info_lists_tick_and_lot_sizes()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var symbols = (await simulator.GetAsync("/fapi/v1/exchangeInfo")).GetProperty("symbols");
        Assert.Equal(5, symbols.GetArrayLength());
        Assert.Equal("BTCUSDT", symbols[0].GetProperty("symbol").GetString());
        Assert.Equal("0.1", symbols[0].GetProperty("filters")[0].GetProperty("tickSize").GetString());
        Assert.Equal("0.001", symbols[0].GetProperty("filters")[1].GetProperty("stepSize").GetString());
    }
}
