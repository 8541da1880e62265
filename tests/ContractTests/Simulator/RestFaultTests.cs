using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>What goes wrong with answers, and with what they tell.</summary>
public sealed class RestFaultTests
{
    [Fact]
    public async Task Answers_may_fail_with_a_status_and_a_time_to_wait()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await simulator.OrderAsync("""{"kind":"rest_error","status":418,"count":2,"delay_ms":7000}""");
        for (var i = 0; i < 2; i++)
        {
            var answer = await simulator.Http.GetAsync("/fapi/v1/time");
            Assert.Equal((HttpStatusCode)418, answer.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        }

        Assert.Equal(HttpStatusCode.OK, (await simulator.Http.GetAsync("/fapi/v1/time")).StatusCode);
    }

    [Theory]
    [InlineData("binance-futures", "BTCUSDT", "/fapi/v1/klines?interval=1m&symbol=")]
    [InlineData("okx-swap", "BTC-USDT-SWAP", "/api/v5/market/candles?instId=")]
    public async Task Answers_may_fail_of_one_instrument_only(string exchange, string symbol, string path)
    {
        await using var simulator = await FaultySimulator.StartAsync("--exchanges", exchange);
        await simulator.OrderAsync($$"""{"kind":"rest_error","status":500,"symbol":"{{symbol}}"}""");

        Assert.Equal(HttpStatusCode.InternalServerError, (await simulator.Http.GetAsync(path + symbol)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await simulator.Http.GetAsync(path + symbol.Replace("BTC", "ETH", StringComparison.Ordinal))).StatusCode);
    }

    [Fact]
    public async Task Answers_may_be_slow()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await simulator.OrderAsync("""{"kind":"slow_rest","delay_ms":300,"count":1}""");
        var watch = Stopwatch.StartNew();
        await simulator.Http.GetAsync("/fapi/v1/time");
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(290), $"answered after {watch.Elapsed}");
    }

    [Fact]
    public async Task The_exchange_s_clock_may_be_off_while_its_candles_are_not()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await simulator.OrderAsync("""{"kind":"clock_skew","shift_ms":-90000,"seconds":600}""");
        var (now, told) = (await simulator.NowAsync(), (await simulator.GetAsync("/fapi/v1/time")).GetProperty("serverTime").GetInt64());
        Assert.Equal(now - 90_000, told);
        await using var client = await simulator.ConnectAsync("/market/ws/btcusdt@kline_1m");
        var kline = await client.ReceiveAsync();
        Assert.Equal(now - (now % 60_000), kline.GetProperty("k").GetProperty("t").GetInt64());
        Assert.True(kline.GetProperty("E").GetInt64() < now);
    }

    [Fact]
    public async Task A_corrected_candle_differs_from_what_was_streamed_in_every_interval()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        var before = await RowsAsync(simulator, "1m");
        var hours = await RowsAsync(simulator, "1h");
        await simulator.OrderAsync("""{"kind":"correct","symbol":"BTCUSDT","minutes_ago":2}""");
        var after = await RowsAsync(simulator, "1m");
        Assert.NotEqual(before[^3], after[^3]);
        Assert.Equal(before[^2], after[^2]);
        Assert.NotEqual(hours[^1], (await RowsAsync(simulator, "1h"))[^1]);

        static async Task<string[]> RowsAsync(RunningSimulator simulator, string interval) =>
            [.. (await simulator.GetAsync($"/fapi/v1/klines?symbol=BTCUSDT&interval={interval}&limit=5")).EnumerateArray().Select(r => r.GetRawText())];
    }

    [Fact]
    public async Task Instruments_are_listed_and_delisted_while_running()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await simulator.OrderAsync("""[{"kind":"list","exchange":"binance-futures"},{"kind":"delist","exchange":"binance-futures","symbol":"ETHUSDT"}]""");
        Assert.Equal("PENDING_TRADING", Status(await simulator.GetAsync("/fapi/v1/exchangeInfo"), "BNBUSDT"));
        await using var client = await simulator.ConnectAsync("/market/ws/bnbusdt@kline_1m/ethusdt@kline_1m");
        await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        for (var i = 0; i < 3; i++) await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));

        var info = await simulator.GetAsync("/fapi/v1/exchangeInfo");
        Assert.Equal("TRADING", Status(info, "BNBUSDT"));
        Assert.Equal("SETTLING", Status(info, "ETHUSDT"));
        Assert.Equal(3, (await simulator.GetAsync("/fapi/v1/klines?symbol=BNBUSDT&interval=1m")).GetArrayLength());
        var closings = new List<string>();
        while (closings.Count < 3)
        {
            closings.Add((await FaultySimulator.NextClosingAsync(client)).GetProperty("s").GetString()!);
        }

        Assert.Equal(["ETHUSDT", "BNBUSDT", "BNBUSDT"], closings);
        var last = (await simulator.GetAsync("/fapi/v1/klines?symbol=ETHUSDT&interval=1m&limit=1"))[0][0].GetInt64();
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 12, 34, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), last);

        static string Status(JsonElement info, string symbol) =>
            info.GetProperty("symbols").EnumerateArray().Single(s => s.GetProperty("symbol").GetString() == symbol).GetProperty("status").GetString()!;
    }
}
