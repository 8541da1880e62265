using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

/// <summary><c>/ws/alerts</c>: a place in the alerts and no queue, and back to it by the id of the last one.</summary>
[Collection(GatewayGroup.Name)]
public sealed class AlertSocketTests(GatewayWorld world)
{
    [Fact]
    public async Task Who_comes_back_after_an_alert_gets_what_came_since()
    {
        string last;
        using (var first = await ConnectAsync(""))
        {
            await world.AlertsAsync(1, "PLAIN");
            last = (await NextAsync(first)).Id;
        }

        await world.AlertsAsync(2, "PLAIN");
        using var resumed = await ConnectAsync($"?after={last}");
        var (second, third) = (await NextAsync(resumed), await NextAsync(resumed));
        Assert.Equal((NumberOf(last) + 1, NumberOf(last) + 2), (NumberOf(second.Id), NumberOf(third.Id)));
    }

    [Fact]
    public async Task Who_cannot_be_put_back_is_told_so_by_a_code_that_a_browser_sees()
    {
        await world.AlertsAsync(1, "PLAIN");
        Assert.Equal((WebSocketCloseStatus)4404, await ClosedAsync("?after=unheard-of"));
    }

    [Fact]
    public async Task Who_asks_for_what_is_not_there_is_refused() => Assert.Equal(HttpStatusCode.BadRequest, await RefusedAsync("?since=2026-01-01"));

    [Fact]
    public async Task Anothers_alert_is_no_place_to_come_back_to()
    {
        var number = await world.AlertsAsync(1, "PLAIN", owner: "somebody");
        Assert.Equal((WebSocketCloseStatus)4404, await ClosedAsync($"?after=a{number}"));
    }

    [Fact]
    public async Task A_client_thousands_of_alerts_behind_gets_every_one_in_order()
    {
        const int Many = 3_000;
        using var client = await ConnectAsync("");
        var end = await world.AlertsAsync(Many, "PLAIN", description: new string('d', 1_000)); // more than both sides' buffers hold
        for (var number = end - Many + 1; number <= end; number++) Assert.Equal(number, NumberOf((await NextAsync(client)).Id));
    }

    private static int NumberOf(string id) => int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private async Task<ClientWebSocket> ConnectAsync(string query)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{world.Gateway.Address.Authority}/ws/alerts{query}"), CancellationToken.None);
            return socket;
        }
        catch (WebSocketException e)
        {
            using (socket) throw new HttpRequestException(e.Message, e, socket.HttpStatusCode);
        }
    }

    private async Task<HttpStatusCode?> RefusedAsync(string query) => (await Assert.ThrowsAsync<HttpRequestException>(() => ConnectAsync(query))).StatusCode;

    private async Task<WebSocketCloseStatus?> ClosedAsync(string query)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60)); // only to end what hangs
        using var socket = await ConnectAsync(query);
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[1_024].AsMemory(), patience.Token)).MessageType);
        return socket.CloseStatus;
    }

    private static async Task<Alert> NextAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60)); // only to end what hangs
        var buffer = new byte[64 * 1024];
        for (var length = 0; ;)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
            length += part.Count;
            if (part.EndOfMessage) return JsonSerializer.Deserialize<Alert>(buffer.AsSpan(0, length), JsonSerializerOptions.Web)!;
        }
    }

    private sealed record Alert(string Id);
}
