using System.Net.WebSockets;
using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

public class BinanceSpotTests
{
    [Theory]
    [InlineData("/binance-spot/ws/btcusdt@kline_1m")]
    [InlineData("/binance-spot/stream?streams=btcusdt@kline_1m")]
    public async Task Candles_flow_on_the_plain_addresses(string path)
    {
        await using var simulator = await StartAsync();
        await using var client = await simulator.ConnectAsync(path);
        await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":null}""");
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        var message = await client.ReceiveAsync();
        var k = (message.TryGetProperty("data", out var data) ? data : message).GetProperty("k");
        Assert.Equal("BTCUSDT", k.GetProperty("s").GetString());
    }

    [Fact]
    public async Task History_has_its_own_limit_and_weight()
    {
        await using var simulator = await StartAsync();
        var answer = await simulator.Http.GetAsync("/binance-spot/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1000");
        Assert.Equal("2", answer.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single());
        Assert.Equal(1_000, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetArrayLength());
        Assert.False((await simulator.Http.GetAsync("/binance-spot/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1001")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Days_may_follow_another_time_zone()
    {
        await using var simulator = await StartAsync();
        var rows = await simulator.GetAsync("/binance-spot/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=1&timeZone=8");
        Assert.Equal(16, DateTimeOffset.FromUnixTimeMilliseconds(rows[0][0].GetInt64()).Hour);
    }

    [Fact]
    public async Task More_than_five_messages_a_second_end_the_connection()
    {
        await using var simulator = await StartAsync();
        await using var client = await simulator.ConnectAsync("/binance-spot/ws");
        for (var i = 0; i < 40; i++) await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.UntilClosedAsync());
    }

    [Fact]
    public async Task Symbols_say_that_they_trade()
    {
        await using var simulator = await StartAsync();
        var symbols = (await simulator.GetAsync("/binance-spot/api/v3/exchangeInfo")).GetProperty("symbols");
        Assert.All(symbols.EnumerateArray(), s => Assert.Equal("TRADING", s.GetProperty("status").GetString()));
    }

    private static Task<RunningSimulator> StartAsync() => RunningSimulator.StartAsync("--speed", "0", "--start", "2026-03-04T12:34:30Z");
}
