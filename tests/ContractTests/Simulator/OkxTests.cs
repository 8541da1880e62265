using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

public class OkxTests
{
    private const string Candles = """{"op":"subscribe","args":[{"channel":"candle1m","instId":"BTC-USDT-SWAP"}]}""";

    [Fact]
    public async Task Candles_are_pushed_on_the_business_address_and_equal_the_history()
    {
        await using var simulator = await StartAsync();
        await using var client = await simulator.ConnectAsync("/ws/v5/business");
        await client.SendAsync(Candles);
        var subscribed = await client.ReceiveAsync();
        Assert.Equal("subscribe", subscribed.GetProperty("event").GetString());
        Assert.Equal("candle1m", subscribed.GetProperty("arg").GetProperty("channel").GetString());
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        var push = await client.ReceiveAsync(m => m.GetProperty("data")[0][8].GetString() == "1");
        Assert.Equal("BTC-USDT-SWAP", push.GetProperty("arg").GetProperty("instId").GetString());
        var history = await DataAsync(simulator, "/api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1m&limit=2");
        Assert.Equal("0", history[0][8].GetString());
        Assert.Equal(history[1].GetRawText(), push.GetProperty("data")[0].GetRawText());
    }

    [Fact]
    public async Task Volumes_are_contracts_base_and_quote()
    {
        await using var simulator = await StartAsync();
        var row = (await DataAsync(simulator, "/api/v5/market/candles?instId=BTC-USDT-SWAP"))[1];
        var instrument = (await DataAsync(simulator, "/api/v5/public/instruments?instType=SWAP"))[0];
        Assert.Equal("BTC-USDT-SWAP", instrument.GetProperty("instId").GetString());
        Assert.Equal(Number(row[6]), Number(row[5]) * Number(instrument.GetProperty("ctVal")));
        Assert.InRange(Number(row[7]) / Number(row[6]), Number(row[3]), Number(row[2]));

        static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_public_address_has_tickers_and_no_candles()
    {
        await using var simulator = await StartAsync("--speed", "1");
        await using var client = await simulator.ConnectAsync("/ws/v5/public");
        await client.SendAsync(Candles);
        Assert.Equal("60018", (await client.ReceiveAsync()).GetProperty("code").GetString());
        await client.SendAsync("""{"op":"subscribe","args":[{"channel":"tickers","instId":"BTC-USDT-SWAP"}]}""");
        var push = await client.ReceiveAsync(m => m.TryGetProperty("data", out _));
        Assert.Equal("BTC-USDT-SWAP", push.GetProperty("data")[0].GetProperty("instId").GetString());
    }

    [Fact]
    public async Task A_ping_is_text_and_so_is_its_answer()
    {
        await using var simulator = await StartAsync();
        await using var client = await simulator.ConnectAsync("/ws/v5/business");
        await client.SendAsync("ping");
        Assert.Equal("pong", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task Pages_go_back_in_time_newest_first_and_exclude_the_bar_named()
    {
        await using var simulator = await StartAsync();
        var first = Times(await DataAsync(simulator, "/api/v5/market/history-candles?instId=BTC-USDT-SWAP&limit=3"));
        Assert.Equal([first[0], first[0] - 60_000, first[0] - 120_000], first);
        var older = Times(await DataAsync(simulator, $"/api/v5/market/history-candles?instId=BTC-USDT-SWAP&limit=2&after={first[2]}"));
        Assert.Equal([first[2] - 60_000, first[2] - 120_000], older);
        var newer = Times(await DataAsync(simulator, $"/api/v5/market/history-candles?instId=BTC-USDT-SWAP&before={first[2]}"));
        Assert.Equal(first[..2], newer);
    }

    [Fact]
    public async Task Long_bars_follow_Hong_Kong_unless_asked_for_UTC()
    {
        await using var simulator = await StartAsync();
        var hongKong = Times(await DataAsync(simulator, "/api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1D&limit=1"))[0];
        var utc = Times(await DataAsync(simulator, "/api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1Dutc&limit=1"))[0];
        Assert.Equal(16, DateTimeOffset.FromUnixTimeMilliseconds(hongKong).Hour);
        Assert.Equal(0, DateTimeOffset.FromUnixTimeMilliseconds(utc).Hour);
    }

    [Fact]
    public async Task A_fourth_connection_within_a_second_is_refused()
    {
        await using var simulator = await StartAsync();
        var clients = new List<SocketClient>();
        var refusal = await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            for (var i = 0; i < 40; i++) clients.Add(await simulator.ConnectAsync("/ws/v5/business"));
        });
        Assert.Contains("429", refusal.Message, StringComparison.Ordinal);
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Fact]
    public async Task Too_many_requests_are_refused_with_a_code()
    {
        await using var simulator = await StartAsync();
        HttpResponseMessage answer;
        var asked = 0;
        do answer = await simulator.Http.GetAsync("/api/v5/public/time");
        while (answer.StatusCode == HttpStatusCode.OK && ++asked < 500);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("50011", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_instrument_is_refused_with_a_code()
    {
        await using var simulator = await StartAsync();
        Assert.Equal("51001", (await simulator.GetAsync("/api/v5/market/candles?instId=NOPE-USDT-SWAP")).GetProperty("code").GetString());
    }

    private static Task<RunningSimulator> StartAsync(params string[] args) =>
        RunningSimulator.StartAsync(["--speed", "0", "--start", "2026-03-04T12:34:30Z", .. args]);

    private static async Task<JsonElement> DataAsync(RunningSimulator simulator, string path) => (await simulator.GetAsync(path)).GetProperty("data");

    private static long[] Times(JsonElement rows) => [.. rows.EnumerateArray().Select(r => long.Parse(r[0].GetString()!, System.Globalization.CultureInfo.InvariantCulture))];
}
