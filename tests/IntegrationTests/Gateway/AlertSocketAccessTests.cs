using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CryptoScreener.ApiGateway.Realtime.Sockets;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>The sockets of earlier products let in whom, as many and for as long as the others do; and no socket changes hands.</summary>
[Collection(GatewayRest.Name)]
public sealed class AlertSocketAccessTests(GatewayFixture fixture)
{
    [Theory]
    [InlineData("/ws/alerts")]
    [InlineData("/ws/real-time-metrics")]
    public async Task A_key_that_is_revoked_ends_it(string path)
    {
        await using var gateway = await fixture.StartAnotherAsync(("Realtime:HeartbeatInterval", "00:00:01"));
        var key = await gateway.KeyAsync("leaver", "trader");
        using var socket = await ConnectAsync(gateway, path, key);
        var id = (await gateway.GetAsync("/api/v1/api-keys", key))[0].GetProperty("id").GetString();
        await gateway.SendAsync(HttpMethod.Delete, $"/api/v1/api-keys/{id}", key);

        var end = await ReceiveAsync(socket, (_, message) => message.MessageType == WebSocketMessageType.Close);

        Assert.Equal(WebSocketMessageType.Close, end.Message.MessageType);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
    }

    [Theory]
    [InlineData("/ws/alerts", 1008)]
    [InlineData("/ws/real-time-metrics", 1008)]
    [InlineData("/ws/v1", 4401)]
    public async Task A_key_that_expires_ends_it_when_it_does(string path, int code)
    {
        await using var gateway = await fixture.StartAnotherAsync(("Realtime:HeartbeatInterval", "00:10:00"));
        var (socket, key) = await WithKeyThatExpiresAsync(gateway, expiring => ConnectAsync(gateway, path, expiring));
        using var closing = socket;

        await ReceiveAsync(socket, (_, message) => message.MessageType == WebSocketMessageType.Close);

        Assert.Equal(code, (int?)socket.CloseStatus);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.SendAsync(HttpMethod.Get, "/api/v1/me", key)).StatusCode);
    }

    [Fact]
    public async Task A_stream_ends_with_the_key_that_opened_it()
    {
        await using var gateway = await fixture.StartAnotherAsync(("Realtime:HeartbeatInterval", "00:10:00"));
        var (answer, _) = await WithKeyThatExpiresAsync(gateway, async key =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/alerts/stream");
            request.Headers.Add("X-API-Key", key);
            return (await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
        });
        using var closing = answer;
        Assert.StartsWith(": recovered", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal); // reads to the end
    }

    [Theory]
    [InlineData("/ws/alerts")]
    [InlineData("/ws/real-time-metrics")]
    public async Task It_counts_among_the_connections_and_foreign_pages_may_not_open_it(string path)
    {
        await using var gateway = await fixture.StartAnotherAsync(("Realtime:MaxConnections", "1"));
        using (var first = await ConnectAsync(gateway, path))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await RefusedAsync(gateway, path));
        await Testing.Eventually.TrueAsync(() => gateway.Get<Admission>().Connected == 0, "the first has left");
        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync(gateway, path, origin: "https://elsewhere.example"));
        Assert.Equal(0, gateway.Get<Admission>().Connected);
    }

    [Fact]
    public async Task A_socket_takes_a_new_token_of_its_account_and_no_other_accounts()
    {
        var gateway = fixture.Gateway;
        var (first, again, other) = (await gateway.KeyAsync("alice-socket", "trader"), await gateway.KeyAsync("alice-socket", "trader"), await gateway.KeyAsync("bob-socket", "trader"));
        using var socket = await ConnectAsync(gateway, "/ws/v1", first);

        Assert.Equal("ok", await AuthAsync(socket, again));
        Assert.Equal("forbidden", await AuthAsync(socket, other));
    }

    /// <summary>Opens something with a key that expires soon, but not before it is used, however slow the machine is.</summary>
    private static async Task<(T Opened, string Key)> WithKeyThatExpiresAsync<T>(RunningGateway gateway, Func<string, Task<T>> openAsync)
    {
        for (var seconds = 2; ; seconds *= 2)
        {
            var key = await gateway.KeyAsync("expiring", "trader", expires: TimeProvider.System.GetUtcNow().AddSeconds(seconds));
            try
            {
                return (await openAsync(key), key);
            }
            catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.Unauthorized && seconds < 32)
            {
                // it had expired before it was used
            }
        }
    }

    private static async Task<string?> AuthAsync(ClientWebSocket socket, string token)
    {
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { op = "auth", id = "1", token }), WebSocketMessageType.Text, true, CancellationToken.None);
        var (text, _) = await ReceiveAsync(socket, (text, _) => text.Contains("\"id\":\"1\"", StringComparison.Ordinal));
        var answer = JsonSerializer.Deserialize<JsonElement>(text);
        return answer.TryGetProperty("code", out var code) ? code.GetString() : answer.GetProperty("type").GetString();
    }

    private static async Task<ClientWebSocket> ConnectAsync(RunningGateway gateway, string path, string? key = null, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (key is not null) socket.Options.SetRequestHeader("X-API-Key", key);
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{gateway.Http.BaseAddress!.Authority}{path}"), CancellationToken.None);
            return socket;
        }
        catch (WebSocketException e)
        {
            using (socket) throw new HttpRequestException(e.Message, e, socket.HttpStatusCode);
        }
    }

    private static async Task<HttpStatusCode?> RefusedAsync(RunningGateway gateway, string path, string? origin = null) =>
        (await Assert.ThrowsAsync<HttpRequestException>(() => ConnectAsync(gateway, path, origin: origin))).StatusCode;

    private static async Task<(string Text, WebSocketReceiveResult Message)> ReceiveAsync(ClientWebSocket socket, Func<string, WebSocketReceiveResult, bool> isIt)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60)); // only to end what hangs
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var message = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), patience.Token);
            var text = Encoding.UTF8.GetString(buffer, 0, message.Count);
            if (isIt(text, message)) return (text, message);
        }
    }
}
