using System.Net;
using System.Net.WebSockets;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>What goes wrong with connections.</summary>
public sealed class SocketFaultTests
{
    [Fact]
    public async Task A_truncated_frame_ends_the_connection_in_the_middle()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var client = await FaultySimulator.QuietAsync(simulator, "/market/ws/btcusdt@kline_1m");
        await simulator.OrderAsync("""{"kind":"truncated"}""");
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<WebSocketException>(client.ReceiveTextAsync);
    }

    [Fact]
    public async Task A_drop_ends_every_connection_without_goodbye()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var first = await FaultySimulator.QuietAsync(simulator, FaultySimulator.TwoStreams);
        await using var second = await simulator.ConnectAsync(FaultySimulator.TwoStreams);
        // Whoever has an answer is known to the exchange; the handshake alone ends before that.
        await second.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await simulator.OrderAsync("""{"kind":"drop"}""");
        await Assert.ThrowsAsync<WebSocketException>(first.UntilClosedAsync);
        await Assert.ThrowsAsync<WebSocketException>(second.UntilClosedAsync);
    }

    [Fact]
    public async Task A_half_open_connection_stays_and_says_nothing()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var dead = await FaultySimulator.QuietAsync(simulator, FaultySimulator.TwoStreams);
        await dead.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await simulator.OrderAsync("""{"kind":"half_open"}""");
        await using var alive = await simulator.ConnectAsync(FaultySimulator.TwoStreams);
        await alive.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        var silence = dead.ReceiveTextAsync();
        await simulator.AdvanceAsync(TimeSpan.FromMinutes(2));
        await FaultySimulator.NextClosingAsync(alive);
        Assert.False(silence.IsCompleted);
        await simulator.OrderAsync("""{"kind":"drop"}""");
        await Assert.ThrowsAnyAsync<Exception>(() => silence);
    }

    [Fact]
    public async Task A_planned_shutdown_is_announced_before_the_close()
    {
        await using var simulator = await FaultySimulator.StartAsync();
        await using var client = await simulator.ConnectAsync("/market/ws");
        await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await simulator.OrderAsync("""{"kind":"server_shutdown","seconds":0.1}""");
        Assert.Equal("serverShutdown", (await client.ReceiveAsync()).GetProperty("e").GetString());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await client.UntilClosedAsync());
    }

    [Fact]
    public async Task Okx_gives_notice_before_it_closes_connections()
    {
        await using var simulator = await FaultySimulator.StartAsync();
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
        await using var simulator = await FaultySimulator.StartAsync();
        await simulator.OrderAsync("""{"kind":"refuse","exchange":"binance-futures","seconds":600}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.Http.GetAsync("/fapi/v1/time"));
        await Assert.ThrowsAsync<WebSocketException>(() => simulator.ConnectAsync(FaultySimulator.TwoStreams));
        Assert.Equal(HttpStatusCode.OK, (await simulator.Http.GetAsync("/api/v5/public/time")).StatusCode);
        await simulator.Http.DeleteAsync("/sim/faults");
        Assert.Equal(HttpStatusCode.OK, (await simulator.Http.GetAsync("/fapi/v1/time")).StatusCode);
    }
}
