using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

[Collection(GatewayGroup.Name)]
public sealed class BadInputTests(GatewayWorld world)
{
    [Fact]
    public async Task A_message_that_is_too_big_closes_the_socket()
    {
        await using var client = await ConnectAsync();
        await client.SendAsync(new string('x', 65_537));
        Assert.Equal(1009, await client.ClosedAsync());
    }

    [Fact]
    public async Task A_message_of_the_largest_size_is_read()
    {
        await using var client = await ConnectAsync();
        var message = """{"op":"ping","id":"1"}""";
        await client.SendAsync(message + new string(' ', 65_536 - message.Length));
        Assert.Equal("pong", (string?)(await client.ReadAsync())!["type"]);
    }

    [Fact]
    public async Task Who_sends_a_request_byte_by_byte_is_cut_and_others_are_served()
    {
        await using var gateway = await world.StartGatewayAsync("--Edge:SlowRequestTimeout=00:00:02");
        var slow = new List<Task<string>>();
        for (var i = 0; i < 20; i++) slow.Add(AnswerToAsync(gateway, "GET /api/v1/info HTTP/1.1\r\nHost: x\r\nX-Slow:"));
        slow.Add(AnswerToAsync(gateway, "POST /api/v1/rules/validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"));
        using var http = new HttpClient { BaseAddress = gateway.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/v1/info")).StatusCode);
        Assert.All(await Task.WhenAll(slow), answer => Assert.True(answer is "reset" || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer));
    }

    [Fact]
    public async Task A_storm_of_connections_leaves_as_many_as_there_is_room_for()
    {
        await using var gateway = await world.StartGatewayAsync("--Realtime:MaxConnections=20");
        var sockets = Enumerable.Range(0, 200).Select(_ => new ClientWebSocket()).ToList();
        foreach (var socket in sockets) socket.Options.CollectHttpResponseDetails = true;
        var codes = await Task.WhenAll(sockets.Select(async socket =>
        {
            try
            {
                await socket.ConnectAsync(gateway.Socket, CancellationToken.None);
            }
            catch (WebSocketException)
            {
                // its status says why
            }

            return socket.HttpStatusCode;
        }));
        Assert.Equal(20, codes.Count(code => code == HttpStatusCode.SwitchingProtocols));
        Assert.Equal(180, codes.Count(code => code == HttpStatusCode.ServiceUnavailable));
        foreach (var socket in sockets) socket.Dispose();
        await Testing.Eventually.TrueAsync(() => gateway.Get<ApiGateway.Realtime.Sockets.Admission>().Connected == 0, "all have left");
        await using var late = await RealtimeClient.ConnectAsync(gateway.Socket);
        Assert.Equal("welcome", (string?)late.Welcome["type"]);
    }

    [Fact]
    public async Task Bytes_close_the_socket()
    {
        await using var client = await ConnectAsync();
        await client.Socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, true, CancellationToken.None);
        Assert.Equal(1003, await client.ClosedAsync());
    }

    [Fact]
    public async Task Text_that_is_not_unicode_closes_the_socket()
    {
        await using var client = await ConnectAsync();
        await client.Socket.SendAsync(new byte[] { 0x7b, 0xff, 0xfe }, WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal(1007, await client.ClosedAsync());
    }

    [Fact]
    public async Task A_frame_that_is_not_masked_closes_the_socket() => AssertClosed(await CloseCodeAfterAsync([0x81, 0x08, .. "{      }"u8]));

    [Fact]
    public async Task A_ping_that_is_too_long_closes_the_socket() => AssertClosed(await CloseCodeAfterAsync([0x89, 0xfe, 0x00, 0x80, 1, 2, 3, 4, .. new byte[128]]));

    [Fact]
    public async Task Deep_json_is_answered_by_an_error()
    {
        await using var client = await ConnectAsync();
        await client.SendAsync($"{new string('[', 20_000)}{new string(']', 20_000)}");
        Assert.Equal("bad_message", (string?)(await client.ErrorAsync())["code"]);
        Assert.Equal("pong", (string?)(await client.AskAsync(new { op = "ping" }))["type"]);
    }

    [Fact]
    public async Task Nonsense_is_forgiven_for_a_while()
    {
        await using var client = await ConnectAsync();
        for (var i = 0; i < 20; i++) await client.SendAsync("nonsense");
        Assert.Equal(4400, await client.ClosedAsync());
    }

    [Fact]
    public async Task Wrong_tokens_are_forgiven_twice()
    {
        await using var client = await ConnectAsync();
        for (var i = 0; i < 3; i++) await client.SendAsync($$"""{"op":"auth","id":"{{i}}","token":"nonsense"}""");
        Assert.Equal(4401, await client.ClosedAsync());
    }

    [Fact]
    public async Task Who_floods_is_closed()
    {
        await using var client = await ConnectAsync();
        var reading = client.ClosedAsync();
        try
        {
            for (var i = 0; i < 5_000; i++) await client.SendAsync("""{"op":"ping","id":"1"}""");
        }
        catch (WebSocketException)
        {
            // closed while we sent
        }

        Assert.True(await reading is 4429 or null); // null: the close frame was lost with the connection that we still wrote to
    }

    [Fact]
    public async Task Those_who_are_not_let_in_are_told_why()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync(world.Gateway.Socket, options => options.SetRequestHeader("Origin", "https://evil.example")));
        Assert.Equal(HttpStatusCode.BadRequest, await RefusedAsync(new Uri($"{world.Gateway.Socket}?token=secret")));
        await using var gateway = await world.StartGatewayAsync("--Realtime:ConnectsPerMinute=3", "--Realtime:MaxConnections=2");
        await using var first = await RealtimeClient.ConnectAsync(gateway.Socket);
        await using var second = await RealtimeClient.ConnectAsync(gateway.Socket, options => options.SetRequestHeader("Origin", $"http://{gateway.Address.Authority}"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await RefusedAsync(gateway.Socket));
        Assert.Equal(HttpStatusCode.TooManyRequests, await RefusedAsync(gateway.Socket));
    }

    [Fact]
    public async Task A_plain_request_is_told_to_upgrade()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(world.Gateway.Address, "/ws/v1"));
        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }

    // The reset that follows may overtake the code; then there is none.
    private static void AssertClosed(int code) => Assert.True(code is 1002 or -1, $"closed with {code}");

    private Task<RealtimeClient> ConnectAsync() => RealtimeClient.ConnectAsync(world.Gateway.Socket);

    private static async Task<HttpStatusCode> RefusedAsync(Uri address, Action<ClientWebSocketOptions>? configure = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));
        return socket.HttpStatusCode;
    }

    /// <summary>What the gateway says to a request that is never finished, until it closes.</summary>
    private static async Task<string> AnswerToAsync(RunningGateway gateway, string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(gateway.Address.Host, gateway.Address.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "reset"; // what it had said is lost with the connection
        }
    }

    /// <summary>What no client library sends: a handshake and a frame by hand. Returns the code of the close frame, -1 without one, once the socket is closed.</summary>
    private async Task<int> CloseCodeAfterAsync(byte[] frame)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(world.Gateway.Address.Host, world.Gateway.Address.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /ws/v1 HTTP/1.1\r\nHost: {world.Gateway.Address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {Convert.ToBase64String(new byte[16])}\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var end = await stream.ReadAtLeastAsync(new byte[256], 1, throwOnEndOfStream: true);
        Assert.True(end > 0);
        await stream.WriteAsync(frame);
        using var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all);
        }
        catch (IOException)
        {
            // reset, because it leaves what follows the bad frame unread
        }

        var bytes = all.ToArray();
        var close = bytes.AsSpan().LastIndexOf((byte)0x88); // a close frame: opcode, length, code
        return close < 0 ? -1 : (bytes[close + 2] << 8) | bytes[close + 3];
    }
}
