using System.Net.WebSockets;
using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

public class BinanceSocketTests
{
    private const string Subscribe = """{"method":"SUBSCRIBE","params":["btcusdt@kline_1m"],"id":7}""";

    [Theory]
    [InlineData("/market/ws/btcusdt@kline_1m", false, false)]
    [InlineData("/market/ws/ethusdt@kline_1m/btcusdt@kline_1m", false, false)]
    [InlineData("/market/stream?streams=btcusdt@kline_1m", true, false)]
    [InlineData("/market/ws", false, true)]
    [InlineData("/market/stream", true, true)]
    public async Task Candles_flow_in_every_connect_form(string path, bool isCombined, bool subscribes)
    {
        await using var simulator = await RunningSimulator.StartAsync("--rate", "20");
        await using var client = await simulator.ConnectAsync(path);
        if (subscribes) Assert.Equal("""{"result":null,"id":7}""", (await client.AskAsync(Subscribe)).GetRawText());
        var message = await client.ReceiveAsync(m => m.GetRawText().Contains("BTCUSDT", StringComparison.Ordinal));
        if (isCombined) Assert.Equal("btcusdt@kline_1m", message.GetProperty("stream").GetString());
        var kline = isCombined ? message.GetProperty("data") : message;
        Assert.Equal("kline", kline.GetProperty("e").GetString());
        var k = kline.GetProperty("k");
        Assert.Equal(["t", "T", "s", "i", "f", "L", "o", "c", "h", "l", "v", "n", "x", "q", "V", "Q", "B"], k.EnumerateObject().Select(p => p.Name));
        Assert.Equal(59_999, k.GetProperty("T").GetInt64() - k.GetProperty("t").GetInt64());
    }

    [Theory]
    [InlineData("/ws")]
    [InlineData("/stream")]
    [InlineData("/public/ws")]
    public async Task Retired_and_wrong_addresses_acknowledge_and_stay_silent(string path)
    {
        await using var simulator = await RunningSimulator.StartAsync("--speed", "0");
        await using var silent = await simulator.ConnectAsync(path);
        await using var working = await simulator.ConnectAsync("/market/ws");
        await silent.AskAsync(Subscribe);
        await working.AskAsync(Subscribe);
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(3));
        await working.ReceiveAsync(m => m.GetProperty("k").GetProperty("x").GetBoolean());
        var next = await silent.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":"after"}""");
        Assert.Equal("after", next.GetProperty("id").GetString());
        Assert.Equal("btcusdt@kline_1m", next.GetProperty("result")[0].GetString());
    }

    [Theory]
    [InlineData("BTCUSDT@kline_1m")]
    [InlineData("nosuchusdt@kline_1m")]
    [InlineData("btcusdt@kline_1s")]
    public async Task Names_that_mean_nothing_are_acknowledged(string name)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var client = await simulator.ConnectAsync("/market/ws");
        Assert.Equal(JsonValueKind.Null, (await client.AskAsync($$"""{"method":"SUBSCRIBE","params":["{{name}}"],"id":1}""")).GetProperty("result").ValueKind);
    }

    [Fact]
    public async Task The_1025th_stream_ends_the_connection()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var client = await simulator.ConnectAsync("/market/ws");
        for (var batch = 0; batch < 8; batch++)
        {
            var names = Enumerable.Range(batch * 128, 128).Select(i => $"\"s{i}@kline_1m\"");
            await client.AskAsync($$"""{"method":"SUBSCRIBE","params":[{{string.Join(',', names)}}],"id":{{batch}}}""");
        }

        var refusal = await client.AskAsync("""{"method":"SUBSCRIBE","params":["btcusdt@kline_1m"],"id":99}""");
        Assert.Equal(4, refusal.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.UntilClosedAsync());
    }

    [Fact]
    public async Task Too_many_requests_end_the_connection()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var client = await simulator.ConnectAsync("/market/ws");
        for (var i = 0; i < 60; i++) await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.UntilClosedAsync());
        Assert.Equal("Too many requests", client.CloseReason);
    }

    [Fact]
    public async Task An_old_connection_is_closed()
    {
        await using var simulator = await RunningSimulator.StartAsync("--connectionlife", "00:00:01");
        await using var client = await simulator.ConnectAsync("/market/ws");
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await client.UntilClosedAsync());
    }

    [Fact]
    public async Task Closed_candles_equal_the_truth_and_the_history()
    {
        await using var simulator = await RunningSimulator.StartAsync("--speed", "0", "--start", "2026-03-04T12:34:30Z", "--instruments", "3");
        await using var client = await simulator.ConnectAsync("/market/stream?streams=btcusdt@kline_1m/btcusdt@kline_5m");
        var closed = new Dictionary<string, List<string>> { ["1m"] = [], ["5m"] = [] };
        for (var i = 0; i < 12; i++) await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        while (closed["1m"].Count < 12)
        {
            var k = (await client.ReceiveAsync()).GetProperty("data").GetProperty("k");
            if (k.GetProperty("x").GetBoolean()) closed[k.GetProperty("i").GetString()!].Add(Row(k));
        }

        var now = await simulator.NowAsync();
        foreach (var (interval, rows) in closed)
        {
            Assert.NotEmpty(rows);
            var history = await simulator.GetAsync($"/fapi/v1/klines?symbol=BTCUSDT&interval={interval}&limit={rows.Count + 1}");
            var truth = await simulator.GetAsync($"/sim/truth/klines?symbol=BTCUSDT&interval={interval}&from={now - 3_600_000}&to={now}");
            Assert.Equal(rows, history.EnumerateArray().SkipLast(1).Select(r => r.GetRawText()));
            Assert.Equal(rows, truth.EnumerateArray().TakeLast(rows.Count + 1).SkipLast(1).Select(r => r.GetRawText()));
        }
    }

    [Fact]
    public async Task All_market_tickers_tell_of_every_instrument_that_trades()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await using var client = await simulator.ConnectAsync("/market/ws/!ticker@arr");
        var tickers = await client.ReceiveAsync(m => m.ValueKind == JsonValueKind.Array);
        var btc = tickers.EnumerateArray().Single(t => t.GetProperty("s").GetString() == "BTCUSDT");
        Assert.Equal("24hrTicker", btc.GetProperty("e").GetString());
        var rest = await simulator.GetAsync("/fapi/v1/ticker/24hr?symbol=BTCUSDT");
        Assert.Equal(rest.GetProperty("openTime").GetInt64(), btc.GetProperty("O").GetInt64());
    }

    /// <summary>The candle of a push in the form of a history row.</summary>
    private static string Row(JsonElement k)
    {
        string[] order = ["t", "o", "h", "l", "c", "v", "T", "q", "n", "V", "Q", "B"];
        return "[" + string.Join(',', order.Select(name => k.GetProperty(name).GetRawText())) + "]";
    }
}
