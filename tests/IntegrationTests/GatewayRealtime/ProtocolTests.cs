using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

[Collection(GatewayGroup.Name)]
public sealed class ProtocolTests(GatewayWorld world)
{
    [Fact]
    public async Task The_gateway_speaks_first_and_says_its_limits()
    {
        await using var client = await ConnectAsync();
        Assert.Equal("welcome", (string?)client.Welcome["type"]);
        Assert.NotNull((string?)client.Welcome["connection"]);
        Assert.NotNull((string?)client.Welcome["epoch"]);
        Assert.Equal(65_536, (int)client.Welcome["limits"]!["message_bytes"]!);
        Assert.Equal(100, (int)client.Welcome["limits"]!["subscriptions"]!);
        Assert.Equal("pong", (string?)(await client.AskAsync(new { op = "ping" }))["type"]);
    }

    [Fact]
    public async Task Metrics_come_as_a_snapshot_and_then_as_they_change()
    {
        await world.FrameAsync("METRICS", 1, 10);
        await KnownAsync("METRICS");
        await using var client = await ConnectAsync();
        var subscription = await client.SubscribeAsync("metrics", new { columns = (string[])["price"], symbols = (string[])["test:METRICS"] });

        var snapshot = await client.NextAsync(subscription);
        Assert.Equal("snapshot", (string?)snapshot["type"]);
        Assert.Equal("""["price"]""", snapshot["columns"]!.ToJsonString());
        Assert.Equal("""[["test","METRICS",60000,true,10]]""", snapshot["rows"]!.ToJsonString());

        await world.FrameAsync("OTHER", 2, 20);
        await world.FrameAsync("METRICS", 2, 11, isClosed: false);
        var update = await client.NextAsync(subscription);
        Assert.Equal("update", (string?)update["type"]);
        Assert.Equal("""[["test","METRICS",120000,false,11]]""", update["rows"]!.ToJsonString());
        Assert.True((long)update["sequence"]! > (long)snapshot["sequence"]!);
    }

    [Fact]
    public async Task A_screener_tells_who_enters_and_leaves()
    {
        await world.FrameAsync("SCREENED", 1, 10, change: 0);
        await KnownAsync("SCREENED");
        await using var client = await ConnectAsync();
        var subscription = await client.SubscribeAsync("screener", new { filter = "change(5m) > 50", sort = "-change(5m)", columns = (string[])["price", "change(5m)"], limit = 10 });
        Assert.Equal(0, (int)(await client.NextAsync(subscription))["total"]!);

        await world.FrameAsync("SCREENED", 2, 12, change: 60);
        var update = await client.NextAsync(subscription);
        Assert.Equal("""[["test","SCREENED",120000,true,12,60]]""", update["entered"]!.ToJsonString());
        Assert.Equal(1, (int)update["total"]!);

        await world.FrameAsync("SCREENED", 3, 9, change: -5);
        Assert.Equal("""[["test","SCREENED"]]""", (await client.NextAsync(subscription))["left"]!.ToJsonString());
    }

    [Fact]
    public async Task Candles_form_and_close()
    {
        await world.FrameAsync("CANDLE", 1, 10);
        await KnownAsync("CANDLE");
        await using var client = await ConnectAsync();
        var subscription = await client.SubscribeAsync("candles", new { exchange = "test", symbol = "CANDLE", timeframe = "1m" });
        Assert.Equal("[]", (await client.NextAsync(subscription))["candles"]!.ToJsonString());

        var minute = new Candle(Timeframe.MinuteMs, 1, 3, 1, 2, 10, 20, 5, 4, 8);
        await world.CandleAsync("CANDLE", minute, isClosed: false);
        var forming = await client.NextAsync(subscription);
        Assert.Equal("[60000,1,3,1,2,10,20,5,4]", forming["candle"]!.ToJsonString());
        Assert.False((bool)forming["closed"]!);

        await world.CandleAsync("CANDLE", minute with { Close = 3 }, isClosed: true);
        var closed = await client.NextAsync(subscription);
        Assert.Equal("[60000,1,3,1,3,10,20,5,4]", closed["candle"]!.ToJsonString());
        Assert.True((bool)closed["closed"]!);
    }

    [Fact]
    public async Task A_longer_bar_is_made_of_its_minutes()
    {
        await world.FrameAsync("LONGER", 1, 10);
        await KnownAsync("LONGER");
        await using var client = await ConnectAsync();
        var subscription = await client.SubscribeAsync("candles", new { exchange = "test", symbol = "LONGER", timeframe = "5m" });
        await client.NextAsync(subscription);
        for (var i = 5; i < 9; i++)
        {
            await world.CandleAsync("LONGER", new Candle(i * Timeframe.MinuteMs, i, i + 2, i - 2, i + 1, 1, 1), isClosed: true);
            await Eventually.TrueAsync(() => world.Gateway.Get<ApiGateway.Live.CandleBook>().Find(GatewayWorld.Id("LONGER"))?.Closed?.OpenTime == i * Timeframe.MinuteMs, $"minute {i} was heard");
            Assert.False((bool)(await client.NextAsync(subscription))["closed"]!);
        }

        await world.CandleAsync("LONGER", new Candle(9 * Timeframe.MinuteMs, 9, 11, 7, 10, 1, 1), isClosed: true);
        var bar = await client.NextAsync(subscription);
        Assert.True((bool)bar["closed"]!);
        Assert.Equal("[300000,5,11,3,10,5,5,null,null]", bar["candle"]!.ToJsonString());
    }

    [Fact]
    public async Task A_longer_bar_over_a_hole_is_corrected_once_the_hole_is_filled()
    {
        await world.FrameAsync("HOLED", 1, 10);
        await KnownAsync("HOLED");
        await using var client = await ConnectAsync();
        var subscription = await client.SubscribeAsync("candles", new { exchange = "test", symbol = "HOLED", timeframe = "5m" });
        await client.NextAsync(subscription);
        var id = (await world.Gateway.Get<InstrumentStore>().ResolveAsync([GatewayWorld.Id("HOLED")]))[0];
        foreach (var i in (int[])[5, 6, 8, 9]) await CloseAsync(i); // minute 7 is late
        await StoreAsync(Minute(7) with { High = 99 });
        await CloseAsync(10);

        JsonNode? bar;
        do bar = BarOf(await client.NextAsync(subscription)); // among them a first snapshot that was asked for before, and bars that still lack the last minute
        while (bar is null || (double)bar[2]! != 99);
        Assert.Equal("[300000,5,99,3,10,5,5,null,null]", bar.ToJsonString());

        // As a closed one; who reads slowly has a snapshot instead of several updates.
        static JsonNode? BarOf(JsonNode message) => message["candles"] is { } newest
            ? newest.AsArray().FirstOrDefault(one => (long)one![0]! == 300_000)
            : (bool)message["closed"]! ? message["candle"] : null;

        static Candle Minute(int i) => new(i * Timeframe.MinuteMs, i, i + 2, i - 2, i + 1, 1, 1);

        Task StoreAsync(Candle minute) => world.Gateway.Get<CandleWriter>().WriteAsync(new[] { new CandleRow(id, Timeframe.OneMinute, minute, CandleSource.Exchange) });

        // Stored too, as all minutes are: between two of its looks the gateway sees only the newest of them.
        async Task CloseAsync(int i)
        {
            await StoreAsync(Minute(i));
            await world.CandleAsync("HOLED", Minute(i), isClosed: true);
            await Eventually.TrueAsync(() => world.Gateway.Get<ApiGateway.Live.CandleBook>().Find(GatewayWorld.Id("HOLED"))?.Closed?.OpenTime == i * Timeframe.MinuteMs, $"minute {i} was heard");
        }
    }

    [Fact]
    public async Task Alerts_come_with_their_epoch_and_sequence_and_as_filtered()
    {
        await using var client = await ConnectAsync();
        var all = await client.AskAsync(new { op = "subscribe", channel = "alerts" });
        Assert.Equal((string?)client.Welcome["epoch"], (string?)all["epoch"]);
        Assert.False((bool)all["recovered"]!);
        var critical = await client.SubscribeAsync("alerts", new { severity = "critical", symbol = "ALERTED" });

        await world.AlertsAsync(1, "ALERTED");
        await world.AlertsAsync(1, "ALERTED", owner: "somebody");
        await world.AlertsAsync(1, "ALERTED", severity: AlertSeverity.Critical);
        var first = await client.NextAsync((string)all["subscription"]!);
        var second = await client.NextAsync((string)all["subscription"]!);
        Assert.Equal(("info", "critical"), ((string?)first["alert"]!["severity"], (string?)second["alert"]!["severity"]));
        Assert.True((long)all["sequence"]! < (long)first["sequence"]!);
        Assert.Equal((long)first["sequence"]! + 2, (long)second["sequence"]!); // the private one is not theirs
        Assert.True(JsonNode.DeepEquals(second["alert"], (await client.NextAsync(critical))["alert"]));
    }

    [Fact]
    public async Task Feeds_and_services_are_told()
    {
        await using var client = await ConnectAsync();
        var services = await client.SubscribeAsync("status");
        Assert.NotNull((await client.NextAsync(services))["services"]);
        await Eventually.TrueAsync(async () => (await client.NextAsync(services))["services"]!.AsArray().Any(s => (string?)s!["service"] == "api-gateway"), "the gateway's own status");

        var feed = await client.SubscribeAsync("feed");
        await client.NextAsync(feed);
        await world.FeedAsync("told", FeedState.Stale, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await Eventually.TrueAsync(
            async () => (await client.NextAsync(feed))["exchanges"]!.AsArray().SingleOrDefault(e => (string?)e!["exchange"] == "told") is { } exchange
                && ((string?)exchange["state"], (string?)exchange["feed"], (bool)exchange["connected"]!) == ("warning", "stale", false),
            "the stale exchange");
    }

    [Fact]
    public async Task After_unsubscribing_nothing_comes()
    {
        await using var client = await ConnectAsync();
        var subscription = await client.SubscribeAsync("alerts");
        Assert.Equal("ok", (string?)(await client.AskAsync(new { op = "unsubscribe", subscription }))["type"]);
        await world.AlertsAsync(1);
        var again = await client.AskAsync(new { op = "subscribe", channel = "alerts" });
        Assert.Equal(subscription, (string?)again["subscription"]);
        Assert.Equal("pong", (string?)(await client.AskAsync(new { op = "ping" }))["type"]);
        await world.AlertsAsync(1);
        Assert.True((long)(await client.NextAsync(subscription))["sequence"]! > (long)again["sequence"]!);
    }

    [Theory]
    [InlineData("""{"op":"subscribe","channel":"nonsense"}""", "unknown_channel")]
    [InlineData("""{"op":"subscribe"}""", "bad_parameter")]
    [InlineData("""{"op":"subscribe","channel":"metrics"}""", "bad_parameter")]
    [InlineData("""{"op":"subscribe","channel":"metrics","params":{"columns":["nonsense"]}}""", "unknown_metric")]
    [InlineData("""{"op":"subscribe","channel":"metrics","params":{"columns":["price"],"symbols":["BTC"]}}""", "bad_parameter")]
    [InlineData("""{"op":"subscribe","channel":"metrics","params":7}""", "bad_parameter")]
    [InlineData("""{"op":"subscribe","channel":"screener","params":{"filter":"price >"}}""", "bad_filter")]
    [InlineData("""{"op":"subscribe","channel":"screener","params":{"sort":"nonsense"}}""", "unknown_metric")]
    [InlineData("""{"op":"subscribe","channel":"screener","params":{"limit":0}}""", "bad_parameter")]
    [InlineData("""{"op":"subscribe","channel":"candles","params":{"exchange":"test","symbol":"NOBODY"}}""", "not_found")]
    [InlineData("""{"op":"subscribe","channel":"candles","params":{"exchange":"test","symbol":"BTCUSDT","timeframe":"5x"}}""", "bad_parameter")]
    [InlineData("""{"op":"subscribe","channel":"alerts","params":{"severity":"loud"}}""", "bad_parameter")]
    [InlineData("""{"op":"subscribe","channel":"alerts","resume":7}""", "bad_parameter")]
    [InlineData("""{"op":"unsubscribe","subscription":"nonsense"}""", "unknown_subscription")]
    [InlineData("""{"op":"auth","token":"nonsense"}""", "unauthenticated")]
    [InlineData("""{"op":"auth"}""", "bad_parameter")]
    [InlineData("""{"op":"nonsense"}""", "unknown_op")]
    public async Task What_cannot_be_done_is_answered_and_the_socket_lives_on(string operation, string code)
    {
        await using var client = await ConnectAsync();
        var answer = await client.AskAsync(JsonNode.Parse(operation)!);
        Assert.Equal(("error", code), ((string?)answer["type"], (string?)answer["code"]));
        Assert.NotNull((string?)answer["message"]);
        Assert.Equal("pong", (string?)(await client.AskAsync(new { op = "ping" }))["type"]);
    }

    [Fact]
    public async Task A_socket_has_each_subscription_once_and_so_many()
    {
        await using var gateway = await world.StartGatewayAsync("--Realtime:MaxSubscriptions=2");
        await using var client = await RealtimeClient.ConnectAsync(gateway.Socket);
        var subscription = await client.SubscribeAsync("status");
        Assert.Equal("already_subscribed", (string?)(await client.AskAsync(new { op = "subscribe", channel = "status" }))["code"]);
        await client.SubscribeAsync("feed");
        Assert.Equal("too_many_subscriptions", (string?)(await client.AskAsync(new { op = "subscribe", channel = "alerts" }))["code"]);
        await client.AskAsync(new { op = "unsubscribe", subscription });
        await client.SubscribeAsync("alerts");
    }

    [Fact]
    public async Task A_gateway_that_stops_says_when_to_come_back()
    {
        var gateway = await world.StartGatewayAsync();
        await using var client = await RealtimeClient.ConnectAsync(gateway.Socket);
        await client.SubscribeAsync("status");
        var stopping = gateway.DisposeAsync();
        var notice = await client.FindAsync(message => (string?)message["type"] == "shutdown");
        Assert.InRange((int)notice["reconnect_after_ms"]!, 0, 5_000);
        Assert.Equal(1012, await client.ClosedAsync());
        await stopping;
    }

    [Fact]
    public async Task The_protocol_is_agreed_on_and_no_token_is_said_back()
    {
        await using var client = await RealtimeClient.ConnectAsync(world.Gateway.Socket, options => options.AddSubProtocol("screener.v1"));
        Assert.Equal("screener.v1", client.Socket.SubProtocol);
        await Assert.ThrowsAsync<WebSocketException>(() => RealtimeClient.ConnectAsync(world.Gateway.Socket, options =>
        {
            options.AddSubProtocol("screener.v1");
            options.AddSubProtocol("bearer.nonsense");
        }));
    }

    private Task<RealtimeClient> ConnectAsync() => RealtimeClient.ConnectAsync(world.Gateway.Socket);

    private Task KnownAsync(string symbol) =>
        Eventually.TrueAsync(() => world.Gateway.Get<ApiGateway.Live.FrameBook>().Find(GatewayWorld.Id(symbol)) is not null, $"the gateway knows {symbol}");
}
