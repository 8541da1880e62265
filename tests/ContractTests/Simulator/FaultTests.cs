using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

public class FaultTests
{
    private const string Address = "/market/ws/btcusdt@kline_1m/ethusdt@kline_1m";

    [Fact]
    public async Task A_stalled_instrument_is_silent_while_the_others_go_on()
    {
        await using var simulator = await StartAsync();
        await using var client = await QuietAsync(simulator, Address);
        await simulator.OrderAsync("""{"kind":"stall","symbol":"BTCUSDT","seconds":600}""");
        Assert.Equal(["ETHUSDT", "ETHUSDT", "ETHUSDT"], await ClosingsAsync(simulator, client, "ETHUSDT", minutes: 3));
    }

    [Fact]
    public async Task An_omitted_closing_frame_never_comes()
    {
        await using var simulator = await StartAsync();
        await using var client = await QuietAsync(simulator, Address);
        await simulator.OrderAsync("""{"kind":"omit_closing","symbol":"BTCUSDT"}""");
        Assert.Equal(["ETHUSDT", "BTCUSDT", "ETHUSDT"], await ClosingsAsync(simulator, client, "ETHUSDT", minutes: 2));
    }

    [Fact]
    public async Task A_closing_frame_may_come_twice()
    {
        await using var simulator = await StartAsync();
        await using var client = await QuietAsync(simulator, Address);
        await simulator.OrderAsync("""{"kind":"duplicate_closing","symbol":"BTCUSDT"}""");
        Assert.Equal(["BTCUSDT", "BTCUSDT", "ETHUSDT"], await ClosingsAsync(simulator, client, "ETHUSDT", minutes: 1));
    }

    [Fact]
    public async Task A_closing_frame_may_come_late()
    {
        await using var simulator = await StartAsync();
        await using var client = await QuietAsync(simulator, Address);
        await simulator.OrderAsync("""{"kind":"late_closing","symbol":"BTCUSDT","delay_ms":200}""");
        Assert.Equal(["ETHUSDT", "BTCUSDT"], await ClosingsAsync(simulator, client, "BTCUSDT", minutes: 1));
    }

    [Fact]
    public async Task Frames_may_change_places()
    {
        await using var simulator = await StartAsync();
        await using var client = await QuietAsync(simulator, "/market/ws/btcusdt@kline_1m");
        await simulator.OrderAsync("""{"kind":"reorder","symbol":"BTCUSDT"}""");
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(2));
        var times = new List<long>();
        while (times.Count < 2)
        {
            if (await NextClosingAsync(client) is { } k) times.Add(k.GetProperty("t").GetInt64());
        }

        Assert.Equal(60_000, times[0] - times[1]);
    }

    [Fact]
    public async Task Malformed_text_arrives_in_a_proper_frame_and_the_connection_lives()
    {
        await using var simulator = await StartAsync();
        await using var client = await QuietAsync(simulator, "/market/ws/btcusdt@kline_1m");
        await simulator.OrderAsync("""{"kind":"malformed"}""");
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(FirstText(client).GetAwaiter().GetResult()));
        Assert.NotNull(await NextClosingAsync(client));

        static async Task<string> FirstText(SocketClient client) => (await client.ReceiveTextAsync())!;
    }

    [Fact]
    public async Task A_truncated_frame_ends_the_connection_in_the_middle()
    {
        await using var simulator = await StartAsync();
        await using var client = await QuietAsync(simulator, "/market/ws/btcusdt@kline_1m");
        await simulator.OrderAsync("""{"kind":"truncated"}""");
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<WebSocketException>(client.ReceiveTextAsync);
    }

    [Fact]
    public async Task Absurd_numbers_cannot_be_true()
    {
        await using var simulator = await StartAsync();
        await using var client = await QuietAsync(simulator, "/market/ws/btcusdt@kline_1m");
        await simulator.OrderAsync("""{"kind":"absurd","count":1}""");
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        var k = (await client.ReceiveAsync()).GetProperty("k");
        Assert.True(Price(k, "h") < Price(k, "l"));

        static decimal Price(JsonElement k, string name) => decimal.Parse(k.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_drop_ends_every_connection_without_goodbye()
    {
        await using var simulator = await StartAsync();
        await using var first = await QuietAsync(simulator, Address);
        await using var second = await simulator.ConnectAsync(Address);
        await simulator.OrderAsync("""{"kind":"drop"}""");
        await Assert.ThrowsAsync<WebSocketException>(first.UntilClosedAsync);
        await Assert.ThrowsAsync<WebSocketException>(second.UntilClosedAsync);
    }

    [Fact]
    public async Task A_half_open_connection_stays_and_says_nothing()
    {
        await using var simulator = await StartAsync();
        await using var dead = await QuietAsync(simulator, Address);
        await dead.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await simulator.OrderAsync("""{"kind":"half_open"}""");
        await using var alive = await simulator.ConnectAsync(Address);
        await alive.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        var silence = dead.ReceiveTextAsync();
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.NotNull(await NextClosingAsync(alive));
        Assert.False(silence.IsCompleted);
        await simulator.OrderAsync("""{"kind":"drop"}""");
        await Assert.ThrowsAnyAsync<Exception>(() => silence);
    }

    [Fact]
    public async Task A_planned_shutdown_is_announced_before_the_close()
    {
        await using var simulator = await StartAsync();
        await using var client = await simulator.ConnectAsync("/market/ws");
        await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await simulator.OrderAsync("""{"kind":"server_shutdown","seconds":0.1}""");
        Assert.Equal("serverShutdown", (await client.ReceiveAsync()).GetProperty("e").GetString());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await client.UntilClosedAsync());
    }

    [Fact]
    public async Task Okx_gives_notice_before_it_closes_connections()
    {
        await using var simulator = await StartAsync();
        await using var client = await simulator.ConnectAsync("/ws/v5/business");
        await client.SendAsync("""{"op":"subscribe","args":[{"channel":"candle1m","instId":"BTC-USDT-SWAP"}]}""");
        await client.ReceiveAsync(m => m.TryGetProperty("event", out var said) && said.GetString() == "subscribe");
        await simulator.OrderAsync("""{"kind":"server_shutdown","exchange":"okx-swap","seconds":0.1}""");
        var notice = await client.ReceiveAsync(m => m.TryGetProperty("event", out var said) && said.GetString() == "notice");
        Assert.Equal("64008", notice.GetProperty("code").GetString());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await client.UntilClosedAsync());
    }

    [Fact]
    public async Task A_refusing_exchange_answers_nobody_until_the_fault_is_cleared()
    {
        await using var simulator = await StartAsync();
        await simulator.OrderAsync("""{"kind":"refuse","exchange":"binance-futures","seconds":600}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.Http.GetAsync("/fapi/v1/time"));
        await Assert.ThrowsAsync<WebSocketException>(() => simulator.ConnectAsync(Address));
        Assert.Equal(HttpStatusCode.OK, (await simulator.Http.GetAsync("/api/v5/public/time")).StatusCode);
        await simulator.Http.DeleteAsync("/sim/faults");
        Assert.Equal(HttpStatusCode.OK, (await simulator.Http.GetAsync("/fapi/v1/time")).StatusCode);
    }

    [Fact]
    public async Task Answers_may_fail_with_a_status_and_a_time_to_wait()
    {
        await using var simulator = await StartAsync();
        await simulator.OrderAsync("""{"kind":"rest_error","status":418,"count":2,"delay_ms":7000}""");
        for (var i = 0; i < 2; i++)
        {
            var answer = await simulator.Http.GetAsync("/fapi/v1/time");
            Assert.Equal((HttpStatusCode)418, answer.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        }

        Assert.Equal(HttpStatusCode.OK, (await simulator.Http.GetAsync("/fapi/v1/time")).StatusCode);
    }

    [Fact]
    public async Task Answers_may_be_slow()
    {
        await using var simulator = await StartAsync();
        await simulator.OrderAsync("""{"kind":"slow_rest","delay_ms":300,"count":1}""");
        var watch = Stopwatch.StartNew();
        await simulator.Http.GetAsync("/fapi/v1/time");
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(290), $"answered after {watch.Elapsed}");
    }

    [Fact]
    public async Task The_exchange_s_clock_may_be_off_while_its_candles_are_not()
    {
        await using var simulator = await StartAsync();
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
        await using var simulator = await StartAsync();
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
        await using var simulator = await StartAsync();
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
            if (await NextClosingAsync(client) is { } k) closings.Add(k.GetProperty("s").GetString()!);
        }

        Assert.Equal(["ETHUSDT", "BNBUSDT", "BNBUSDT"], closings);
        var last = (await simulator.GetAsync("/fapi/v1/klines?symbol=ETHUSDT&interval=1m&limit=1"))[0][0].GetInt64();
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 12, 34, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), last);

        static string Status(JsonElement info, string symbol) =>
            info.GetProperty("symbols").EnumerateArray().Single(s => s.GetProperty("symbol").GetString() == symbol).GetProperty("status").GetString()!;
    }

    [Fact]
    public async Task A_schedule_file_strikes_when_its_time_has_come()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """[{"kind":"rest_error","after":0.2,"status":500,"seconds":600}]""");
            await using var simulator = await StartAsync("--faults", file);
            HttpStatusCode status;
            do status = (await simulator.Http.GetAsync("/api/v5/public/time")).StatusCode;
            while (status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests);
            Assert.Equal(HttpStatusCode.InternalServerError, status);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("""{"kind":"explode"}""", "half_open")]
    [InlineData("""{"kind":"drop","exchange":"nowhere"}""", "okx-swap")]
    [InlineData("""{"kind":"stall","symbol":"NOPEUSDT"}""", "GET /sim/markets")]
    [InlineData("""{"kind":"correct"}""", "needs a symbol")]
    [InlineData("""{"kind":"drop","count":0}""", "must be positive")]
    public async Task An_order_that_makes_no_sense_is_refused_with_the_reason(string order, string reason)
    {
        await using var simulator = await StartAsync();
        var answer = await simulator.Http.PostAsync("/sim/faults", new StringContent(order, Encoding.UTF8));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<RunningSimulator> StartAsync(params string[] args) =>
        RunningSimulator.StartAsync(["--speed", "0", "--start", "2026-03-04T12:34:30Z", "--instruments", "4", .. args]);

    /// <summary>A client that has had the first frame of each of its streams: while time stands still nothing more comes by itself.</summary>
    private static async Task<SocketClient> QuietAsync(RunningSimulator simulator, string path)
    {
        var client = await simulator.ConnectAsync(path);
        for (var streams = path.Count(c => c == '@'); streams > 0; streams--) await client.ReceiveAsync();
        return client;
    }

    /// <summary>Who closed, in order, up to the last expected closing of one instrument.</summary>
    private static async Task<string[]> ClosingsAsync(RunningSimulator simulator, SocketClient client, string last, int minutes)
    {
        await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        for (var i = 0; i < minutes; i++) await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        var closings = new List<string>();
        for (var seen = 0; seen < minutes;)
        {
            if (await NextClosingAsync(client) is not { } k) continue;
            closings.Add(k.GetProperty("s").GetString()!);
            if (closings[^1] == last) seen++;
        }

        return [.. closings];
    }

    private static async Task<JsonElement?> NextClosingAsync(SocketClient client)
    {
        var message = await client.ReceiveAsync(m => m.TryGetProperty("k", out var k) && k.GetProperty("x").GetBoolean());
        return message.GetProperty("k");
    }
}
